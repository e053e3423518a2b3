//! What this page has heard of who is here.

use leptos::prelude::*;
use litemap::LiteMap;

use super::{Present, State};
use crate::ids::AccountId;

/// The people whom the viewer may follow, as far as they have been heard of.
#[derive(Clone)]
pub struct Company {
    people: ArcRwSignal<LiteMap<AccountId, Present>>,
}

impl Company {
    /// Called once, at the top of `<App>`.
    pub fn provide() -> Self {
        let company = Self { people: ArcRwSignal::new(LiteMap::new()) };
        provide_context(company.clone());
        company
    }

    /// Takes in what the server says. If it is the `whole`, everyone else who was heard of is gone.
    pub fn hear(&self, news: Vec<Present>, whole: bool) {
        self.people.update(|people| {
            if whole {
                for before in people.iter_mut().map(|(_, present)| present) {
                    before.state = State::Offline;
                }
            }
            for present in news {
                people.insert(present.account, present);
            }
        });
    }

    /// What is known of somebody, if there is anything to say: what was heard, before that what the page said.
    /// Who goes keeps the line that the page knew.
    pub fn of(&self, account: AccountId, page: Option<Present>) -> Memo<Option<Present>> {
        let people = self.people.clone();
        Memo::new(move |_| {
            let heard = people.with(|people| people.get(&account).cloned());
            let present = match (heard, page.clone()) {
                (Some(heard), Some(page)) if heard.state == State::Offline => {
                    Some(Present { state: State::Offline, ..page })
                }
                (heard, page) => heard.or(page),
            };
            present.filter(|present| present.state != State::Offline || !present.line.is_empty())
        })
    }

    /// How many are here: another number, or the same people.
    pub fn count(&self) -> Memo<usize> {
        let people = self.people.clone();
        Memo::new(move |_| {
            people.with(|people| people.values().filter(|present| present.state != State::Offline).count())
        })
    }
}

/// The company of this page.
pub fn use_company() -> Company {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: i64) -> AccountId {
        number.try_into().expect("an id")
    }

    fn present(number: i64, state: State, line: &str) -> Present {
        Present { account: id(number), state, line: line.to_owned() }
    }

    #[test]
    fn what_is_heard_stands_before_what_the_page_said() {
        Owner::new().with(|| {
            let company = Company::provide();
            let known = company.of(id(1), Some(present(1, State::Online, "Reading")));
            let unknown = company.of(id(2), None);
            assert_eq!(known.get_untracked(), Some(present(1, State::Online, "Reading")));
            assert_eq!(unknown.get_untracked(), None);

            company.hear(vec![present(1, State::Idle, "Reading"), present(2, State::Busy, "")], false);
            assert_eq!(known.get_untracked(), Some(present(1, State::Idle, "Reading")));
            assert_eq!(unknown.get_untracked(), Some(present(2, State::Busy, "")));
            assert_eq!(company.count().get_untracked(), 2);
        });
    }

    #[test]
    fn a_whole_says_that_the_others_are_gone() {
        Owner::new().with(|| {
            let company = Company::provide();
            company.hear(vec![present(1, State::Online, ""), present(2, State::Online, "")], true);
            let (one, two) =
                (company.of(id(1), Some(present(1, State::Online, "Away"))), company.of(id(2), None));
            company.hear(vec![present(2, State::Online, "")], true);
            assert_eq!(one.get_untracked(), Some(present(1, State::Offline, "Away")));
            assert_eq!(two.get_untracked(), Some(present(2, State::Online, "")));
            assert_eq!(company.count().get_untracked(), 1);
        });
    }
}
