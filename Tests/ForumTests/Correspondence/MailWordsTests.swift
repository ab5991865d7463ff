import Testing

@testable import Forum

/// The texts of mails: one catalogue a language, English where another lacks something.
struct MailWordsTests {
    private static func catalogue(_ text: String, locale: String = "de") -> MailCatalogue {
        MailCatalogue(locale: locale, text: text, original: .english)
    }

    @Test func `English is complete and its values are numbered without a gap`() {
        #expect(MailCatalogue.english.missing == [])
        #expect(MailCatalogue.english.faults == [])
        for phrase in MailPhrase.allCases {
            let text = MailWords.english(phrase, values: ["<1>", "<2>", "<3>"])
            #expect(!text.contains("{"), "\(phrase.rawValue)")
        }
    }

    @Test func `what a language lacks is said in English`() {
        let words = MailCatalogues([Self.catalogue("post.wrote = {1} schrieb:")])
            .words(for: ["de_AT", "en"])
        #expect(words(.postWrote, "anna") == "anna schrieb:")
        #expect(words(.postImage) == "image")
        #expect(MailCatalogues.builtIn.words(for: ["de", nil])(.postWrote, "a") == "a wrote:")
    }

    @Test func `values are put in once, in the order of the language`() {
        let words = MailCatalogues([Self.catalogue("notice.subject = {2} ({1})")]).words(for: ["de"]
        )
        #expect(words(.noticeSubject, "{2}", "{1} {3}") == "{1} {3} ({2})")
    }

    @Test(arguments: [
        ("en", 1, "1 topic"), ("en", 0, "0 topics"), ("en", 5, "5 topics"),
        ("pl", 1, "one"), ("pl", 3, "few 3"), ("pl", 13, "many 13"), ("ru", 21, "one"),
        ("fr", 0, "one"), ("ja", 1, "other 1"), ("de", 2, "other 2"),
    ])
    func `counting has the forms of the language`(locale: String, number: Int, expected: String) {
        let text = """
            digest.topics.one = one
            digest.topics.few = few {1}
            digest.topics.many = many {1}
            digest.topics.other = other {1}
            """
        let catalogues = MailCatalogues(
            locale == "en" ? [] : [Self.catalogue(text, locale: locale)]
        )
        #expect(catalogues.words(for: [locale]).counting(.digestTopics, number) == expected)
    }

    @Test(arguments: [
        ("post.wrote", "line 1: it has no equals sign"),
        ("# a\n\npost.wrong = x", "line 3: there is no text “post.wrong”"),
        ("post.wrote =", "line 1: post.wrote is empty"),
        ("post.wrote = schrieb:", "line 1: post.wrote lacks {1}"),
        ("post.wrote = {1} schrieb {2}:", "line 1: post.wrote has no value {2}"),
        ("post.poll = a\npost.poll = b", "line 2: post.poll stands there twice"),
        ("digest.topics.few = {1}", "line 0: digest.topics has no form .other"),
    ])
    func `a fault is named with its line`(text: String, fault: String) {
        #expect(Self.catalogue(text).faults.map(\.description) == [fault])
    }
}
