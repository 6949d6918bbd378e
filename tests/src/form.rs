//! As much of HTML as a scripted user agent needs: forms, their fields, links.

/// A form of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// The attribute `action` as written, character references resolved.
    pub(crate) action: String,
    /// `method="post"`.
    pub(crate) post: bool,
    /// Inputs that have a name.
    pub(crate) fields: Vec<Field>,
}

/// An input of a form.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) value: String,
}

/// The first form of a page.
pub(crate) fn first_form(html: &str) -> Option<Form> {
    let mut form: Option<Form> = None;
    for tag in tags(html) {
        match (&mut form, tag.name.as_str()) {
            (None, "form") => {
                form = Some(Form {
                    action: tag.attribute("action"),
                    post: tag.attribute("method").eq_ignore_ascii_case("post"),
                    fields: Vec::new(),
                });
            }
            (Some(form), "input") if !tag.attribute("name").is_empty() => form.fields.push(Field {
                name: tag.attribute("name"),
                kind: tag.attribute("type"),
                value: tag.attribute("value"),
            }),
            (Some(_), "/form") => return form,
            _ => {}
        }
    }
    form
}

/// Where the first link goes whose text contains `text`.
pub(crate) fn link(html: &str, text: &str) -> Option<String> {
    tags(html)
        .filter(|tag| tag.name == "a")
        .find(|tag| tag.rest.split('<').next().is_some_and(|label| label.contains(text)))
        .map(|tag| tag.attribute("href"))
}

#[derive(Debug)]
struct Tag<'a> {
    /// Lower case, with a leading slash where the tag closes.
    name: String,
    attributes: Vec<(String, String)>,
    /// What follows the tag.
    rest: &'a str,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> String {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        rest = &rest[rest.find('<')? + 1..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches('/').to_ascii_lowercase();
        rest = &rest[end..];
        let attributes = attributes(&mut rest);
        Some(Tag { name, attributes, rest })
    })
}

/// Takes the attributes of a tag and its closing bracket off `rest`.
fn attributes(rest: &mut &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    loop {
        *rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return attributes;
        }
        if let Some(after) = rest.strip_prefix('>') {
            *rest = after;
            return attributes;
        }
        let name = take_until(rest, |c| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
        let mut value = "";
        if let Some(after) = rest.trim_start().strip_prefix('=') {
            *rest = after.trim_start();
            value = match rest.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    *rest = &rest[1..];
                    let value = take_until(rest, |c| c == quote);
                    *rest = rest.get(1..).unwrap_or("");
                    value
                }
                _ => take_until(rest, |c| c.is_whitespace() || c == '>'),
            };
        }
        attributes.push((name.to_ascii_lowercase(), resolve_references(value)));
    }
}

fn take_until<'a>(rest: &mut &'a str, stop: impl Fn(char) -> bool) -> &'a str {
    // At least one character, so that a stray one cannot hold up the scanner.
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let end = match rest.chars().next() {
        Some(c) if stop(c) && c != '"' && c != '\'' => first,
        _ => rest.find(stop).unwrap_or(rest.len()),
    };
    let (taken, after) = rest.split_at(end);
    *rest = after;
    taken
}

fn resolve_references(value: &str) -> String {
    // The ampersand last, so that an escaped reference stays what it is.
    [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<")]
        .into_iter()
        .chain([("&gt;", ">"), ("&amp;", "&")])
        .fold(value.to_owned(), |value, (reference, character)| value.replace(reference, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><h1>a < b</h1>
        <form autocomplete="off" action="/submit?a=1&amp;b=2" method="POST">
          <input type="hidden" name="prompt" value="login"/>
          <input required type='text' name=login placeholder="Enter > any" value="">
          <button type="submit" class="x">Sign-in</button>
        </form>
        <form action="/other"></form>
        <a href="/abort">[ Cancel ]</a>"#;

    #[test]
    fn a_form_is_read_with_its_fields_and_no_more() {
        let field = |name: &str, kind: &str, value: &str| Field {
            name: name.to_owned(),
            kind: kind.to_owned(),
            value: value.to_owned(),
        };
        assert_eq!(
            first_form(PAGE),
            Some(Form {
                action: "/submit?a=1&b=2".to_owned(),
                post: true,
                fields: vec![field("prompt", "hidden", "login"), field("login", "text", "")],
            })
        );
    }

    #[test]
    fn a_link_is_found_by_its_text() {
        assert_eq!(link(PAGE, "Cancel").as_deref(), Some("/abort"));
        assert_eq!(link(PAGE, "Terms"), None);
    }

    #[test]
    fn broken_markup_ends() {
        for html in ["<", "<form", "<form a", "<form a=", "<form a=\"", "<form =>", "<input '>", ""]
        {
            assert!(first_form(html).is_none_or(|form| form.fields.is_empty()), "{html}");
        }
    }
}
