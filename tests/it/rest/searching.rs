//! Finding what was said, for programs: no more than their person may read.

use reqwest::Method;
use salon::ids::{ConversationId, MessageId};
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{
        Engine, Person, TestApp,
        houses::{channel, inhabited},
        wait_for,
    },
};

on_both_engines! {
    what_was_said_is_found_wherever_one_is,
    nothing_is_found_that_one_may_not_read,
    what_was_found_comes_in_pages,
    what_cannot_be_looked_for_is_refused,
}

/// The texts that are found.
async fn finds(program: &Program, query: &str) -> Vec<String> {
    let page = program.reads(&format!("/search?{query}")).await;
    assert_eq!(page["next"], Value::Null, "{page}");
    let items = page["items"].as_array().expect("items");
    items.iter().map(|message| message["body"].as_str().expect("a text").to_owned()).collect()
}

async fn says_in(person: &Program, talk: ConversationId, thread: MessageId, body: &str) {
    let new = json!({ "body": body, "thread": thread });
    person.posts(&format!("/conversations/{talk}/messages"), new).await.well();
}

async fn what_was_said_is_found_wherever_one_is(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let talk = amina.opens(&bruno).await;
    let group = bruno.gathers("Tea", &[&amina]).await;
    let open = channel(&amina, space, "general").await;
    let (hers, his) = (amina.starts("read").await, bruno.starts("write").await);
    bruno.sends(talk, "Thé vert").await;
    amina.sends(group, "the green one").await;
    let head = bruno.sends(open, "In the kitchen").await;
    bruno.sends(talk, "Coffee").await;
    says_in(&his, open, head.id, "Below THE kettle").await;
    bruno.polls(group, "Which of the two?", &["Green", "Black"]).await;

    let all = ["Which of the two?", "Below THE kettle", "In the kitchen", "the green one", "Thé vert"];
    assert_eq!(finds(&hers, "q=the").await, all);
    assert_eq!(finds(&hers, "q=%20TH%C3%89%20").await, all, "neither case nor accents count");
    assert_eq!(finds(&hers, &format!("q=the&conversation={talk}")).await, ["Thé vert"]);
    assert_eq!(finds(&hers, &format!("q=kettle&conversation={open}")).await, ["Below THE kettle"]);
    assert_eq!(finds(&hers, "q=nowhere").await, [""; 0]);
    assert_eq!(finds(&hers, "q=bruno").await, [""; 0], "names are not what was said");

    // What is found is the message as it is read.
    let one = format!("/conversations/{open}/messages/{}", head.id);
    his.tries(Method::PUT, &format!("{one}/reactions/%F0%9F%AB%96")).await.well();
    let page = hers.reads("/search?q=in%20the%20kitchen").await;
    assert_eq!(page["items"][0], hers.reads(&one).await);
}

async fn nothing_is_found_that_one_may_not_read(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let talk = amina.opens(&bruno).await;
    let group = amina.gathers("Tea", &[&bruno, &carla]).await;
    let said = bruno.sends(talk, "canary of two").await;
    bruno.sends(group, "canary of many").await;
    let (hers, his) = (carla.starts("write").await, bruno.starts("write").await);
    assert_eq!(finds(&hers, "q=canary").await, ["canary of many"]);
    let of_others = hers.gets(&format!("/search?q=canary&conversation={talk}")).await;
    is_problem(&of_others, 404, "not_found");
    is_problem(&hers.gets("/search?q=canary&conversation=12345").await, 404, "not_found");

    // Nor what was said before, once one has left, or was deleted.
    carla.leaves(group).await.well();
    assert_eq!(finds(&hers, "q=canary").await, [""; 0]);
    is_problem(&hers.gets(&format!("/search?q=canary&conversation={group}")).await, 404, "not_found");
    let one = format!("/conversations/{talk}/messages/{}", said.id);
    let edit = json!({ "body": "sparrow of two" });
    his.sends(Method::PATCH, &one, &edit).await.well();
    assert_eq!(finds(&his, "q=canary").await, ["canary of many"], "what it said before it was edited");
    assert_eq!(finds(&his, "q=sparrow").await, ["sparrow of two"]);
    his.tries(Method::DELETE, &one).await.well();
    assert_eq!(finds(&his, "q=sparrow").await, [""; 0]);
    assert_eq!(finds(&his, &format!("q=sparrow&conversation={talk}")).await, [""; 0]);
    let nobody = Program::new(&app.origin, "salon_nothing");
    is_problem(&nobody.gets("/search?q=canary").await, 401, "signed_out");
}

async fn what_was_found_comes_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    let mut said = Vec::new();
    for number in 0..45 {
        let text = format!("cup {number}");
        amina.sends(if number % 3 == 0 { talk } else { group }, &text).await;
        said.insert(0, text);
    }
    let (his, hers) = (bruno.starts("read").await, amina.starts("read").await);
    let mut found = Vec::new();
    let mut path = "/search?q=cup".to_owned();
    let mut cursors = Vec::new();
    loop {
        let page = his.reads(&path).await;
        let items = page["items"].as_array().expect("items");
        assert!(items.len() <= 20, "{page}");
        found.extend(items.iter().map(|message| message["body"].as_str().expect("a text").to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/search?q=cup&cursor={next}");
        cursors.push(next.to_owned());
    }
    assert_eq!(found, said);

    // A cursor is for its search and its person, to the last letter.
    let cursor = &cursors[0];
    let other = if cursor.ends_with('A') { "B" } else { "A" };
    let altered = format!("{}{other}", &cursor[..cursor.len() - 1]);
    for (program, query) in [
        (&hers, format!("q=cup&cursor={cursor}")),
        (&his, format!("q=cups&cursor={cursor}")),
        (&his, format!("q=cup&conversation={talk}&cursor={cursor}")),
        (&his, format!("q=cup&cursor=A{cursor}")),
        (&his, format!("q=cup&cursor={altered}")),
        (&his, "q=cup&cursor=".to_owned()),
    ] {
        is_problem(&program.gets(&format!("/search?{query}")).await, 422, "cursor");
    }
    his.gets(&format!("/search?q=CUP&cursor={cursor}")).await.well();
}

async fn what_cannot_be_looked_for_is_refused(engine: Engine) {
    let app = TestApp::with(engine, |config| config.limits.searches_per_minute = 12).await;
    let amina = Person::signs_up(&app, "amina").await;
    let program = amina.starts("read").await;
    for query in ["q=", "q=%20%0A", "q=%E2%80%8B%20%E2%80%8B", "q=%CC%81", &format!("q={}", "a".repeat(101))]
    {
        let refused = program.gets(&format!("/search?{query}")).await;
        is_problem(&refused, 422, "invalid");
        assert_eq!(refused.json::<Value>()["field"], "term", "{query}");
    }
    for query in ["", "q=a&limit=3", "q=a&conversation=x", "q=a&conversation=0", "q=a&q=b", "conversation=1"]
    {
        is_problem(&program.gets(&format!("/search?{query}")).await, 422, "shape");
    }
    is_problem(&program.tries(Method::POST, "/search?q=a").await, 405, "method");
    program.gets("/search?q=%00%22%25_").await.well();
    program.gets(&format!("/search?q={}", "%C3%A9".repeat(100))).await.well();
    // Sooner or later it is enough, however slow this machine is.
    let refused = wait_for("a search too many", async || {
        let answer = program.gets("/search?q=tea").await;
        (answer.status != 200).then_some(answer)
    });
    let refused = refused.await;
    is_problem(&refused, 429, "too_fast");
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|wait| (1..=5).contains(&wait)));
}
