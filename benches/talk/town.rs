//! People in pairs, each with a private conversation: made once, through the front door, then copied.

use salon::{conversations::Home as HomePage, friends::Friends};

use crate::{
    Failure,
    client::{Line, Person},
    salon::{Home, Salon, Synchronous},
};

/// Two friends and their conversation.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    pub one: Person,
    pub other: Person,
    pub conversation: i64,
}

/// A folder with people in it. Nobody is at home: a server is started on a copy.
pub struct Town {
    pub home: Home,
    pub pairs: Vec<Pair>,
}

impl Town {
    /// So many pairs. Their sessions outlast the server that made them.
    pub async fn build(pairs: usize) -> Result<Self, Failure> {
        let home = Home::new()?;
        let server = Salon::start(&home, Synchronous::Normal)?;
        let mut line = Line::open(&server.origin).await?;
        let mut town = Self { home, pairs: Vec::with_capacity(pairs) };
        for number in 0..pairs {
            town.pairs.push(Pair::meet(&mut line, number).await?);
        }
        server.stop()?;
        Ok(town)
    }
}

impl Pair {
    /// From strangers to friends with a conversation.
    async fn meet(line: &mut Line, number: usize) -> Result<Self, Failure> {
        let (one, other) = (format!("amina{number}"), format!("bruno{number}"));
        let one = Person::signs_up(line, &one).await?;
        let other = Person::signs_up(line, &other).await?;
        one.does(line, "add_friend", &[("person", &other.name)]).await?;
        other.does(line, "add_friend", &[("person", &one.name)]).await?;

        let friends: Friends = one.reads(line, "friends").await?;
        let friend = friends.friends.first().ok_or("they are no friends")?.id.to_string();
        one.does(line, "open_conversation", &[("account", &friend)]).await?;
        let page: HomePage = one.reads(line, "home").await?;
        let conversation = page.conversations.first().ok_or("there is no conversation")?.id.get();
        Ok(Self { one, other, conversation })
    }
}
