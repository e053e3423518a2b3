// What the people of the small world have said to each other.

/** `ago` is in minutes before now. */
export type Line = { by: "me" | "them"; text: string; ago: number; isNew?: boolean };

export const MINUTES_PER_DAY = 24 * 60;

const DAY = MINUTES_PER_DAY;

const AMINA: Line[] = [
  { by: "them", ago: 2 * DAY + 190, text: "Did the upright piano make it up the stairs in the end?" },
  { by: "me", ago: 2 * DAY + 186, text: "It did. Four people, two straps and one neighbour who believed in us." },
  { by: "me", ago: 2 * DAY + 185, text: "It is badly out of tune now, but so was I." },
  { by: "them", ago: 2 * DAY + 171, text: "Then you should let Monsieur Vasseur have a look. He has tuned ours for years: https://example.org/vasseur" },
  { by: "me", ago: DAY + 480, text: "He comes on Saturday at ten. Thank you." },
  {
    by: "them",
    ago: DAY + 466,
    text: "Lovely. For the programme of the *soirée* I thought of:\n\n1. Farrenc, the nonet\n2. Something short by **Lili Boulanger**\n3. You, if you dare",
  },
  { by: "them", ago: DAY + 465, text: "Nothing after eleven, out of respect for the neighbour." },
  { by: "me", ago: DAY + 431, text: "> 3. You, if you dare\n\nI dare, but only behind the fern." },
  { by: "them", ago: 214, text: "I wrote the little script that sends the invitations. It only prints them so far:" },
  {
    by: "them",
    ago: 213,
    text: "```rust\nfor guest in guests.iter().filter(|guest| guest.is_invited()) {\n    println!(\"{}: Thursday at eight\", guest.name);\n}\n```",
  },
  { by: "me", ago: 205, text: "Reads well. Run it with `--dry-run` first, the list still has my dentist in it." },
  {
    by: "them",
    ago: 198,
    text: "Done. Thirty-one guests, one dentist less. I have put the chairs in two half circles instead of rows, because people talk to each other when they can see each other, and that is the point of the evening after all.",
  },
  { by: "me", ago: 31, text: "Two half circles it is. I bring the lamp with the red shade." },
  { by: "them", ago: 29, text: "And the fern." },
  { by: "me", ago: 28, text: "And the fern." },
  { by: "them", ago: 6, isNew: true, text: "One more thing: the baker asks whether forty *canelés* are enough." },
  { by: "them", ago: 5, isNew: true, text: "I said yes. Tell me quickly if I was wrong." },
];

const THEO: Line[] = [
  { by: "them", ago: DAY + 320, text: "Bonsoir ! Avez-vous retrouvé le carnet que j’avais laissé sur le rebord de la fenêtre ?" },
  { by: "me", ago: DAY + 312, text: "Oui, il est sur l’étagère, entre le dictionnaire et la théière." },
  { by: "them", ago: DAY + 309, text: "Merci, vous me sauvez. Je passe demain vers dix-huit heures." },
  { by: "me", ago: 96, text: "La porte sera ouverte. Montez directement." },
  { by: "them", ago: 58, text: "J’arrive avec un quart d’heure de retard, le tram est arrêté à « Gambetta »." },
  { by: "me", ago: 55, text: "Prenez votre temps, l’eau ne bout pas encore." },
];

const NOUR: Line[] = [
  { by: "me", ago: 3 * DAY, text: "How was the reading in Rabat?" },
  { by: "them", ago: 2 * DAY + 700, text: "كانت أمسية جميلة، والقاعة ممتلئة حتى آخر مقعد." },
];

const MAXIMILIANE: Line[] = [
  { by: "them", ago: 4 * DAY, text: "The minutes of the residents’ assembly of the twenty-third of February are attached to the notice board in the hall." },
];

/** More than fits, so that there is something out of view. */
const GRACE: Line[] = Array.from({ length: 26 }, (_, number) => ({
  by: number < 4 && number % 2 === 1 ? "me" : "them",
  ago: 5 * DAY - number * 7,
  isNew: number >= 6,
  text: [
    "Chapter two is on its way to you, a page at a time.",
    "The garden is quieter in this version. I like it better, I think.",
    "Please mark every place where you stop believing the narrator.",
    "There is a letter in the middle that nobody answers.",
    "I have cut the second uncle. He will be missed by no one.",
  ][number % 5],
}));

/** Each talk of camille's, by the other's name. */
export const TALKS: Record<string, Line[]> = {
  amina: AMINA,
  theo: THEO,
  nour: NOUR,
  maximiliane: MAXIMILIANE,
  grace: GRACE,
  bruno: [],
};

/** What is done in a group besides talking: the form that does it, and whom it brings in or makes admin. */
type Deed = { by: string; ago: number; form: "add_members" | "set_role"; whom: string };

/** Said in the group itself, or in the thread of the message that says `under`. */
type Saying = { by: string; ago: number; text: string; under?: string };

/** Asked in the group: the answers, each with those who choose it. */
export type Asking = { by: string; ago: number; poll: string; answers: [string, string[]][] };

/** A group of camille's, from its first day on. */
export const GATHERING = {
  name: "Soirée du jeudi",
  topic: "Eight o’clock at Camille’s, two half circles and one fern",
  people: ["amina", "theo", "maximiliane", "nour"],
  ago: 3 * DAY + 300,
  since: [
    { by: "camille", ago: 3 * DAY + 298, text: "Everyone who reads aloud, plays or brings a chair is here now." },
    { by: "amina", ago: 3 * DAY + 290, text: "I bring four chairs, and the list of those who promised one." },
    { by: "camille", ago: 3 * DAY + 288, form: "set_role", whom: "amina" },
    { by: "theo", ago: DAY + 200, text: "Puis-je venir avec l’accordéon ? Il est discret, pour un accordéon." },
    { by: "maximiliane", ago: DAY + 192, text: "The residents’ assembly has no objection before eleven." },
    { by: "amina", ago: DAY + 190, form: "add_members", whom: "grace" },
    {
      by: "amina",
      ago: 160,
      poll: "What shall we begin with?",
      answers: [
        ["The nonet", ["camille", "maximiliane", "grace"]],
        ["L’accordéon, tout seul, dans le noir", ["theo"]],
        ["الشعر أولاً", ["nour"]],
      ],
    },
    { by: "theo", ago: 120, text: "Two of mine creak. In which key?", under: "I bring four chairs, and the list of those who promised one." },
    { by: "camille", ago: 115, text: "In **G**, please. It is a nonet in G.", under: "I bring four chairs, and the list of those who promised one." },
    { by: "grace", ago: 49, text: "Thank you for having me. I could read the letter that nobody answers." },
    { by: "camille", ago: 44, text: "Please do. After the nonet, before the *canelés*." },
  ] satisfies (Saying | Deed | Asking)[] as (Saying | Deed | Asking)[],
};
