//! What generated source is made of. Public and under semver, so that source which
//! `pkce-flow generate` wrote and somebody committed goes on compiling; nothing here is for
//! writing by hand.

use std::sync::{LazyLock, Mutex, PoisonError};

use pkce_flow_providers::{FieldPath, RawTable, RawValue, Resolved, read_declaration};

use crate::builder::ManagerBuilder;
use crate::error::Error;
use crate::manager::Manager;
use crate::registry::tell_apart;
use crate::store::MemoryStore;

/// Logins begun by managers of generated declarations: one store for the whole process, so that a
/// callback that reaches the wrong provider is told from a forged one.
static SHARED_STORE: LazyLock<MemoryStore> = LazyLock::new(MemoryStore::new);

/// A checked declaration as constants, and the manager that was made of it.
pub struct Declared {
    name: &'static str,
    keys: Keys,
    client_secret_required: bool,
    manager: Mutex<Option<Manager>>,
}

#[derive(Clone, Copy)]
enum Keys {
    Entries(Entries),
    Packed(&'static str),
}

/// Keys and their values, as a providers TOML has them, presets filled in.
pub type Entries = &'static [(&'static str, Value)];

/// A value of a declaration, as a constant.
#[derive(Clone, Copy, Debug)]
pub struct Value(Inner);

#[derive(Clone, Copy, Debug)]
enum Inner {
    Text(&'static str),
    Template(&'static str),
    Flag(bool),
    List(&'static [&'static str]),
    Table(Entries),
}

/// A string.
#[must_use]
pub const fn text(text: &'static str) -> Value {
    Value(Inner::Text(text))
}

/// A preset's text, in which `{name}` stands for the variable of that name.
#[must_use]
pub const fn template(text: &'static str) -> Value {
    Value(Inner::Template(text))
}

/// `true` or `false`.
#[must_use]
pub const fn flag(flag: bool) -> Value {
    Value(Inner::Flag(flag))
}

/// A list of strings.
#[must_use]
pub const fn list(items: &'static [&'static str]) -> Value {
    Value(Inner::List(items))
}

/// A table: `env` and `file` are tables of one key.
#[must_use]
pub const fn table(entries: Entries) -> Value {
    Value(Inner::Table(entries))
}

impl Declared {
    /// The declaration of this name with these keys.
    #[must_use]
    pub const fn new(name: &'static str, entries: Entries) -> Self {
        Self::of(name, Keys::Entries(entries))
    }

    /// The same, with the keys as one text, which the compiler has less work with: macros write it
    /// (`RawTable::pack` of `pkce-flow-providers`).
    #[must_use]
    pub const fn packed(name: &'static str, keys: &'static str) -> Self {
        Self::of(name, Keys::Packed(keys))
    }

    const fn of(name: &'static str, keys: Keys) -> Self {
        Declared { name, keys, client_secret_required: false, manager: Mutex::new(None) }
    }

    /// Says that there is no login without a client secret.
    #[must_use]
    pub const fn client_secret_required(mut self) -> Self {
        self.client_secret_required = true;
        self
    }

    /// The provider's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Tells whether the declaration, or its preset, states this key.
    #[must_use]
    pub fn states(&self, key: &str) -> bool {
        self.table().get(key).is_some()
    }

    /// The environment variables that the manager reads, each behind the key that it is for:
    /// `client_id`, `variables.domain`.
    #[must_use]
    pub fn environment_variables(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (key, value) in self.table().0 {
            match value {
                RawValue::Table(inner) if key == "variables" => {
                    for (name, value) in inner.0 {
                        found.extend(variable(value).map(|read| (format!("{key}.{name}"), read)));
                    }
                }
                value => found.extend(variable(value).map(|read| (key, read))),
            }
        }
        found
    }

    fn table(&self) -> RawTable {
        match self.keys {
            Keys::Entries(entries) => raw_table(entries),
            // What an edit by hand broke, the check in build() finds missing.
            Keys::Packed(keys) => RawTable::unpack(keys).unwrap_or_default(),
        }
    }

    /// The manager, made at the first call and the same one afterwards.
    ///
    /// # Errors
    /// What [`ManagerBuilder::build`] finds. A failure is not kept: the next call tries again.
    pub fn manager(&self) -> Result<Manager, Error> {
        self.manager_among::<&'static Declared>(&[], |declared| declared)
    }

    /// The same, for one of a set, whose declarations `declared` gives: it must be told apart from
    /// those of the set that have managers already (mix-up, RFC 9700 section 4.4).
    ///
    /// # Errors
    /// As [`manager`](Self::manager), and where the issuer does not tell two of them apart.
    pub fn manager_among<T>(
        &self,
        set: &[T],
        declared: impl Fn(&T) -> &'static Declared,
    ) -> Result<Manager, Error> {
        if let Some(manager) = self.made() {
            return Ok(manager);
        }
        // One at a time, so that of two that are made at once one sees the other.
        static MAKING: Mutex<()> = Mutex::new(());
        let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(manager) = self.made() {
            return Ok(manager);
        }
        let manager = self.manager_builder().pending_store(SHARED_STORE.clone()).build()?;
        let others: Vec<Manager> = set.iter().map(declared).filter_map(Declared::made).collect();
        tell_apart(&manager, others.iter())?;
        *self.manager.lock().unwrap_or_else(PoisonError::into_inner) = Some(manager.clone());
        Ok(manager)
    }

    fn made(&self) -> Option<Manager> {
        self.manager.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A builder for an independent manager.
    pub fn manager_builder(&self) -> ManagerBuilder {
        let table = self.table();
        // Generated from a checked declaration, so there is nothing to report; what an edit by
        // hand broke, the check in build() finds.
        let (draft, _) = read_declaration(self.name, &FieldPath::root(), &table);
        ManagerBuilder::from_resolved(Resolved::from_filled(draft, self.client_secret_required))
    }
}

impl std::fmt::Debug for Declared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Declared").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The environment variable that a value comes from.
fn variable(value: RawValue) -> Option<String> {
    match value {
        RawValue::Table(RawTable(entries)) => match <[_; 1]>::try_from(entries) {
            Ok([(key, RawValue::String(name))]) if key == "env" => Some(name),
            _ => None,
        },
        _ => None,
    }
}

fn raw_table(entries: Entries) -> RawTable {
    RawTable(entries.iter().map(|(key, value)| ((*key).to_owned(), raw(*value))).collect())
}

fn raw(value: Value) -> RawValue {
    match value.0 {
        Inner::Text(text) => RawValue::String(text.to_owned()),
        Inner::Template(text) => RawValue::Template(text.to_owned()),
        Inner::Flag(flag) => RawValue::Bool(flag),
        Inner::List(items) => {
            RawValue::Array(items.iter().map(|item| RawValue::String((*item).to_owned())).collect())
        }
        Inner::Table(entries) => RawValue::Table(raw_table(entries)),
    }
}

/// The provider of this name among those of an enum.
///
/// # Errors
/// [`ErrorCode::UnknownProvider`](crate::ErrorCode::UnknownProvider), naming those that there are.
pub fn find<T, const N: usize>(
    all: [T; N],
    name_of: impl Fn(&T) -> &'static str,
    name: &str,
) -> Result<T, Error> {
    let names: Vec<_> = all.iter().map(&name_of).collect();
    all.into_iter()
        .find(|one| name_of(one) == name)
        .ok_or_else(|| crate::registry::unknown_provider(name, names.into_iter()))
}
