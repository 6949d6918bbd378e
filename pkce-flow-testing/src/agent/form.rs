//! Reading the two forms that the server's pages have.

use url::form_urlencoded;

/// A form of a page: where it goes and its hidden fields.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) fields: Vec<(String, String)>,
}

impl Form {
    /// The form with this id.
    pub(super) fn find(page: &str, id: &str) -> Option<Self> {
        let start = page.find(&format!("<form id=\"{id}\""))?;
        let form = &page[start..];
        let form = &form[..form.find("</form>")?];
        let action = attribute(tag(form), "action")?;
        let mut fields = Vec::new();
        for (at, _) in form.match_indices("<input type=\"hidden\"") {
            let input = tag(&form[at..]);
            fields.push((attribute(input, "name")?, attribute(input, "value")?));
        }
        Some(Self { action, fields })
    }

    pub(super) fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }
}

/// What an error page of the server says.
pub(super) fn error_of(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("<p id=\"error\">")?;
    let (text, _) = rest.split_once("</p>")?;
    Some(unescape(text))
}

/// The tag at the start of the text. Attributes have no bare `>`: it is escaped.
fn tag(text: &str) -> &str {
    text.find('>').map_or(text, |end| &text[..end])
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(unescape(value))
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        // Last, so that nothing is unescaped twice.
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_escaped_fields() {
        let page = "<form id=\"other\" action=\"/no\"></form>\n\
             <form id=\"callback\" method=\"post\" action=\"http://127.0.0.1/?a=1&amp;b=2\">\n\
             <input type=\"hidden\" name=\"state\" value=\"&quot;&amp;lt;\">\n\
             <button>Go</button></form>";
        let form = Form::find(page, "callback").expect("the form is there");
        assert_eq!(form.action, "http://127.0.0.1/?a=1&b=2");
        assert_eq!(form.fields, [("state".to_owned(), "\"&lt;".to_owned())]);
        assert_eq!(form.encode(), "state=%22%26lt%3B");
        assert_eq!(Form::find(page, "consent"), None);
    }
}
