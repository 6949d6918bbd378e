//! The address of one key of a declaration.

use std::fmt;

/// The address of one key, such as `providers.gitlab.scope[1]`.
///
/// It is what the doors share: a providers TOML maps it to a line and a column, attributes map it
/// to a span.
///
/// ```
/// use pkce_flow_providers::FieldPath;
///
/// let path = FieldPath::root().key("providers").key("gitlab").key("scope").index(1);
/// assert_eq!(path.to_string(), "providers.gitlab.scope[1]");
/// assert!(path.starts_with(&FieldPath::root().key("providers").key("gitlab")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FieldPath(Vec<Segment>);

/// One step of a [`FieldPath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A key of a table.
    Key(String),
    /// The position of an item in a list, from 0.
    Index(usize),
}

impl FieldPath {
    /// The address of the whole: it has no segments.
    pub fn root() -> FieldPath {
        FieldPath::default()
    }

    /// The address of the key `name` below this one.
    #[must_use]
    pub fn key(&self, name: &str) -> FieldPath {
        self.with(Segment::Key(name.to_owned()))
    }

    /// The address of the item `position` (from 0) below this one.
    #[must_use]
    pub fn index(&self, position: usize) -> FieldPath {
        self.with(Segment::Index(position))
    }

    /// The address one step up, or nothing at the root.
    pub fn parent(&self) -> Option<FieldPath> {
        let (_, rest) = self.0.split_last()?;
        Some(FieldPath(rest.to_vec()))
    }

    /// Tells whether this address is `other` or lies below it.
    pub fn starts_with(&self, other: &FieldPath) -> bool {
        self.0.starts_with(&other.0)
    }

    /// Tells whether this is the address of the whole.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The steps from the root.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The last key on the way, such as `scope` in `providers.gitlab.scope[1]`.
    pub fn last_key(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|segment| match segment {
            Segment::Key(name) => Some(name.as_str()),
            Segment::Index(_) => None,
        })
    }

    fn with(&self, segment: Segment) -> FieldPath {
        let mut segments = self.0.clone();
        segments.push(segment);
        FieldPath(segments)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(name) => {
                    if position > 0 {
                        f.write_str(".")?;
                    }
                    if is_bare(name) {
                        f.write_str(name)?;
                    } else {
                        // TOML's own spelling of a key that is not bare; it escapes as Rust does.
                        write!(f, "\"{}\"", name.escape_debug())?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn is_bare(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::FieldPath;

    #[test]
    fn a_key_that_is_not_bare_is_quoted() {
        let path = FieldPath::root().key("providers").key("my app\n").key("a");
        assert_eq!(path.to_string(), "providers.\"my app\\n\".a");
        assert_eq!(FieldPath::root().to_string(), "");
        assert_eq!(FieldPath::root().key("").to_string(), "\"\"");
    }

    #[test]
    fn parents_end_at_the_root() {
        let path = FieldPath::root().key("a").index(3);
        let parent = path.parent().expect("a has a parent");
        assert_eq!(parent, FieldPath::root().key("a"));
        assert_eq!(parent.parent().expect("the root"), FieldPath::root());
        assert_eq!(FieldPath::root().parent(), None);
        assert_eq!(path.last_key(), Some("a"));
    }
}
