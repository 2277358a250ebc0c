//! The written grammar and the code say the same.

use std::collections::BTreeSet;
use std::path::Path;

use kehoach::base::SourceId;
use kehoach::syntax::ast::{Keyword, Label};
use kehoach::syntax::{SYNONYMS, labels_of, parse};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Names in front of `=` at the beginning of a line of the grammar, comments left out.
fn productions() -> BTreeSet<String> {
    let mut text = read("grammar/kh.ebnf");
    while let Some(start) = text.find("(*") {
        let end = text[start..].find("*)").map_or(text.len(), |at| start + at + 2);
        text.replace_range(start..end, "");
    }
    let heads = text.lines().filter_map(|line| line.split_once('=').map(|(head, _)| head));
    let names = heads.filter(|head| head.starts_with(|c: char| c.is_ascii_lowercase()));
    names.map(|head| head.trim().to_owned()).collect()
}

/// Names used on the right hand sides.
fn mentioned() -> BTreeSet<String> {
    let mut text = read("grammar/kh.ebnf");
    for (open, close) in [("(*", "*)"), ("? ", " ?"), ("\"", "\"")] {
        while let Some(start) = text.find(open) {
            let behind = start + open.len();
            let end = text[behind..].find(close).map_or(text.len(), |at| behind + at + close.len());
            text.replace_range(start..end, " ");
        }
    }
    let sides = text.split(';').filter_map(|rule| rule.split_once('=').map(|(_, side)| side.to_owned())).collect::<Vec<_>>();
    let words = sides.iter().flat_map(|side| side.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')));
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).map(str::to_owned).collect()
}

/// Functions of the parser that read a part of the language: their result is that of a nom parser.
fn parsers() -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for file in ["grammar", "head", "heading", "number", "line"] {
        let text = read(&format!("src/syntax/{file}.rs"));
        for piece in text.split("\nfn ").chain(text.split("\npub(super) fn ")).skip(1) {
            let name: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let head = piece.split('{').next().unwrap_or("");
            let result = head.rsplit_once("->").map_or("", |(_, result)| result);
            if ["Parsed<", "Read<", "IResult<"].iter().any(|kind| result.contains(kind)) {
                out.insert(name);
            }
        }
    }
    out
}

#[test]
fn each_production_is_a_parser_and_each_parser_a_production() {
    // or_skip is recovery, label is a look-up: neither is a parser of nom's form
    let mut parsers = parsers();
    assert!(parsers.remove("or_skip"), "or_skip is the recovery point");
    parsers.insert("label".to_owned());
    assert_eq!(productions(), parsers);
}

#[test]
fn each_name_in_the_grammar_has_its_production() {
    let missing: Vec<String> = mentioned().difference(&productions()).cloned().collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The rows of the table below a heading, each cell without its back quotes.
fn table(title: &str) -> Vec<Vec<String>> {
    let text = read("grammar/keywords.md");
    let section = text.split("\n## ").find(|section| section.starts_with(title)).unwrap_or("").to_owned();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.trim_matches('|').split(" | ").map(|cell| cell.trim().replace('`', "")).collect()).collect()
}

#[test]
fn the_table_of_headings_is_the_codes() {
    let rows = table("Headings");
    let written: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].as_str(), row[2].as_str())).collect();
    let known: Vec<(&str, &str)> = Keyword::ALL.iter().map(|keyword| (keyword.text(), keyword.example())).collect();
    assert_eq!(written, known);
    let productions = productions();
    for row in &rows {
        let argument = row[1].trim_end_matches(" or nothing");
        assert!(argument == "nothing" || productions.contains(argument), "{argument} is no production");
    }
}

#[test]
fn the_table_of_labels_is_the_codes() {
    let known: Vec<(String, String)> = Keyword::ALL
        .iter()
        .map(|keyword| (keyword.text().to_owned(), labels_of(*keyword).map(Label::text).collect::<Vec<_>>().join(", ")))
        .collect();
    let written: Vec<(String, String)> = table("Labels").into_iter().map(|row| (row[0].clone(), row[1].trim().to_owned())).collect();
    assert_eq!(written, known);
    let used: BTreeSet<Label> = Keyword::ALL.iter().flat_map(|keyword| labels_of(*keyword)).collect();
    assert_eq!(used.len(), Label::ALL.len(), "a label belongs to no block");
}

#[test]
fn the_table_of_synonyms_is_the_codes() {
    let written: Vec<(String, String)> = table("Synonyms").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let known: Vec<(String, String)> = SYNONYMS.iter().map(|(words, label)| ((*words).to_owned(), label.text().to_owned())).collect();
    assert_eq!(written, known);
}

#[test]
fn each_example_of_a_heading_parses() {
    for keyword in Keyword::ALL {
        let head = match keyword {
            keyword if keyword.is_of_registry() => Keyword::Registry.example(),
            Keyword::Own => Keyword::HandOn.example(),
            Keyword::MoveLevel | Keyword::Continue | Keyword::Finish | Keyword::ContinueTarget | Keyword::FinishTarget => {
                Keyword::NextYear.example()
            }
            Keyword::Criterion => "KẾ HOẠCH A-1: x\nBẢNG ĐIỂM",
            _ => "KẾ HOẠCH A-1: x",
        };
        let parse = parse(SourceId::new(0), &format!("{head}\n{}\n", keyword.example()));
        assert!(parse.diagnostics.is_empty(), "{:?}", parse.diagnostics);
        assert_eq!(parse.file.blocks.last().map(|block| block.heading.keyword), Some(*keyword));
    }
}
