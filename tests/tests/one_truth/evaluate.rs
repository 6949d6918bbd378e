//! What an expansion holds: its errors, and its declarations read back out of the constants.

use pkce_flow_providers::{RawTable, RawValue};
use proc_macro2::TokenStream;
use syn::visit::{Visit, visit_block};
use syn::{Block, Expr, ItemConst, ItemMacro, ItemStatic, Lit, Stmt};

/// A declaration as constants: what `Declared::new(name, keys)` is made of.
#[derive(Debug, PartialEq)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) keys: RawTable,
    pub(crate) client_secret_required: bool,
}

fn parse(expansion: TokenStream) -> syn::File {
    syn::parse2(expansion).expect("an expansion is Rust")
}

/// The text of each `compile_error!`.
pub(crate) fn messages(expansion: TokenStream) -> Vec<String> {
    struct Messages(Vec<String>);
    impl<'a> Visit<'a> for Messages {
        fn visit_item_macro(&mut self, item: &'a ItemMacro) {
            let name = item.mac.path.segments.last().map(|segment| segment.ident.to_string());
            assert_eq!(name.as_deref(), Some("compile_error"));
            let text: syn::LitStr = item.mac.parse_body().expect("it has a text");
            self.0.push(text.value());
        }
    }
    let mut messages = Messages(Vec::new());
    messages.visit_file(&parse(expansion));
    messages.0
}

/// Each declaration, in the order of the source.
pub(crate) fn declarations(expansion: &TokenStream) -> Vec<Model> {
    struct Found(Vec<Model>);
    impl<'a> Visit<'a> for Found {
        fn visit_block(&mut self, block: &'a Block) {
            match block.stmts.as_slice() {
                [Stmt::Item(syn::Item::Const(keys)), Stmt::Item(syn::Item::Static(made)), ..] => {
                    self.0.push(model(Some(keys), made));
                }
                [Stmt::Item(syn::Item::Static(made)), ..] => self.0.push(model(None, made)),
                _ => {}
            }
            visit_block(self, block);
        }
    }
    let mut found = Found(Vec::new());
    found.visit_file(&parse(expansion.clone()));
    found.0
}

/// What the static holds: the constant, or one packed text.
fn model(constant: Option<&ItemConst>, made: &ItemStatic) -> Model {
    let (call, client_secret_required) = match &*made.expr {
        Expr::MethodCall(call) => {
            assert_eq!(call.method, "client_secret_required");
            (&*call.receiver, true)
        }
        other => (other, false),
    };
    let (function, arguments) = call_of(call);
    let [name, argument] = arguments.as_slice() else { panic!("{function} takes two") };
    let keys = match (function.as_str(), constant) {
        ("new", Some(constant)) => table(&constant.expr),
        ("packed", None) => RawTable::unpack(&string(argument)).expect("it was packed"),
        _ => panic!("generated source calls {function}"),
    };
    Model { name: string(name), keys, client_secret_required }
}

/// `&[("key", value), …]`.
fn table(expression: &Expr) -> RawTable {
    let entries = items(expression).into_iter().map(|entry| match entry {
        Expr::Tuple(pair) => match pair.elems.iter().collect::<Vec<_>>().as_slice() {
            [key, value] => (string(key), self::value(value)),
            _ => panic!("an entry is a pair"),
        },
        _ => panic!("an entry is a pair"),
    });
    RawTable(entries.collect())
}

fn value(expression: &Expr) -> RawValue {
    let (function, arguments) = call_of(expression);
    let [argument] = arguments.as_slice() else { panic!("{function} takes one") };
    match function.as_str() {
        "text" => RawValue::String(string(argument)),
        "template" => RawValue::Template(string(argument)),
        "flag" => match argument {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Bool(flag) => RawValue::Bool(flag.value),
                _ => panic!("a flag is true or false"),
            },
            _ => panic!("a flag is true or false"),
        },
        "list" => {
            let items = items(argument).into_iter();
            RawValue::Array(items.map(|item| RawValue::String(string(item))).collect())
        }
        "table" => RawValue::Table(table(argument)),
        other => panic!("generated source calls {other}"),
    }
}

/// The last name of the path, and the arguments.
fn call_of(expression: &Expr) -> (String, Vec<&Expr>) {
    let Expr::Call(call) = expression else { panic!("a value is a call") };
    let Expr::Path(path) = &*call.func else { panic!("a function has a path") };
    let name = path.path.segments.last().expect("a path has segments").ident.to_string();
    (name, call.args.iter().collect())
}

fn items(expression: &Expr) -> Vec<&Expr> {
    let Expr::Reference(reference) = expression else { panic!("a list is borrowed") };
    let Expr::Array(array) = &*reference.expr else { panic!("a list is an array") };
    array.elems.iter().collect()
}

fn string(expression: &Expr) -> String {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => text.value(),
            _ => panic!("a string is a literal"),
        },
        _ => panic!("a string is a literal"),
    }
}
