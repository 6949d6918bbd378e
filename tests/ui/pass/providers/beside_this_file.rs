//! A providers TOML beside this file, in a crate that denies everything.
#![deny(warnings, missing_docs, unused, unreachable_pub, missing_debug_implementations)]
#![no_implicit_prelude]

mod all {
    ::pkce_flow::providers!("two.toml");
}

mod none {
    ::pkce_flow::providers!(enum Nobody, "empty.toml");
}

fn main() {
    ::std::assert_eq!(all::Provider::Manager.name(), "type");
    ::std::assert_eq!(all::Manager::READ_API, "read_api");
    ::std::assert_eq!(all::Provider::ALL, [all::Provider::Corp, all::Provider::Manager]);
}
