//! Sets of little code, as `litemap` has maps: for what a browser downloads, and for at most a thousand things.

use std::borrow::Borrow;

use litemap::LiteMap;

/// Things that are each there once, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortedSet<T>(LiteMap<T, ()>);

impl<T: Ord> SortedSet<T> {
    /// Nothing.
    pub const fn new() -> Self {
        Self(LiteMap::new())
    }

    /// Whether `thing` is new in it.
    pub fn insert(&mut self, thing: T) -> bool {
        self.0.insert(thing, ()).is_none()
    }

    /// Takes them all in. One by one, which is quick if they come in order and costs no code that sorts.
    pub fn extend(&mut self, things: impl IntoIterator<Item = T>) {
        for thing in things {
            self.insert(thing);
        }
    }

    /// Whether `thing` was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.remove(thing).is_some()
    }

    /// Whether `thing` is there.
    pub fn contains<Q: Ord + ?Sized>(&self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains_key(thing)
    }

    /// Keeps those of which `is_kept` says so.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&T) -> bool) {
        self.0.retain(|thing, ()| is_kept(thing));
    }

    /// Lets go of all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The least.
    pub fn first(&self) -> Option<&T> {
        self.0.first().map(|(thing, ())| thing)
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.keys()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Ord> Default for SortedSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let mut set = Self::new();
        set.extend(things);
        set
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = std::iter::Map<std::vec::IntoIter<(T, ())>, fn((T, ())) -> T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_tuple_vec().into_iter().map(|(thing, ())| thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_there_once_and_in_order() {
        let mut set = SortedSet::from_iter([3, 1, 2, 3]);
        assert!(!set.insert(1) && set.insert(0));
        assert_eq!(set.iter().copied().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!((set.first(), set.len()), (Some(&0), 4));
        assert!(set.remove(&2) && !set.remove(&2) && !set.contains(&2));
        set.retain(|thing| *thing > 0);
        assert_eq!(set.clone().into_iter().collect::<Vec<_>>(), [1, 3]);
        set.clear();
        assert!(set.is_empty());
    }
}
