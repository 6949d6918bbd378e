//! What the generator writes, compiled with warnings denied: the golden files as modules, as a
//! program has them.

use std::path::Path;

use pkce_flow::{ManagerBuilder, PkceProvider as _, Providers};

macro_rules! golden {
    ($($name:ident = $path:literal)*) => {$(
        #[deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]
        #[deny(clippy::all, clippy::missing_errors_doc, clippy::must_use_candidate)]
        #[allow(non_camel_case_types, clippy::enum_variant_names, reason = "names are as the file has them")]
        #[path = $path]
        mod $name;
    )*};
}

golden! {
    one = "../../pkce-flow-codegen/tests/golden/one.rs"
    preset = "../../pkce-flow-codegen/tests/golden/preset.rs"
    every_kind = "../../pkce-flow-codegen/tests/golden/every_kind.rs"
    names = "../../pkce-flow-codegen/tests/golden/names.rs"
    empty = "../../pkce-flow-codegen/tests/golden/empty.rs"
}

#[test]
fn a_generated_provider_is_the_one_that_the_toml_declares() {
    let toml =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../pkce-flow-codegen/tests/golden/preset.toml");
    let from_toml = Providers::from_toml_file(toml).expect("it is right");
    let declaration = |builder: ManagerBuilder| {
        // The file of the secret is not there.
        let builder = builder.environment(|name| Some(format!("value-of-{name}")));
        let manager = builder.client_secret("secret".to_owned()).build().expect("it is right");
        let shown = format!("{:?}", manager.declaration());
        // They differ in where mistakes would be reported.
        shown.split_once(" name: ").map(|(_, shown)| shown.to_owned())
    };
    let read = declaration(from_toml.builder("our-tenant").expect("the table is there"));
    assert!(read.is_some());
    assert_eq!(declaration(preset::Tenant::manager_builder()), read);
    assert_eq!(declaration(preset::Provider::Tenant.manager_builder()), read);
    assert_eq!(preset::Tenant::EMAIL, "email");
    assert_eq!("our-tenant".parse::<preset::Provider>().ok(), Some(preset::Provider::Tenant));
}
