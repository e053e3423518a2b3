// Says something to somebody, and shows what is said from there on.
//
//   LOGIN=bruno PASSWORD=… WITH=amina node docs/examples/node.mjs "The kettle is on."
//
// Node 22. Node 20 wants --experimental-websocket.

import { Salon } from "./salon.mjs";

const { SALON: origin = "http://127.0.0.1:3000", LOGIN: login, PASSWORD: password, WITH } = process.env;

const salon = new Salon({
  origin,
  login,
  password,
  open: (token) =>
    new WebSocket(`${origin.replace("http", "ws")}/api/v1/live`, {
      protocols: "salon.v1",
      headers: { Authorization: `Bearer ${token}` },
    }),
  show: ({ sender, body }) => console.log(`${sender}: ${body}`),
});

await salon.logIn();
await salon.talkWith(WITH);
const said = await salon.say(process.argv[2]);
salon.number = said.position - 1;
await salon.listen();
