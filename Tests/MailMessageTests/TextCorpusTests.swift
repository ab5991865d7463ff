import Foundation
import Testing

@testable import MailMessage

@Suite(.enabled(if: Corpus.isPresent, "needs ../shared/corpus"))
struct TextCorpusTests {
    private struct Case: Decodable {
        let desc: String
        let input: String
        let expected: String
        let opts: [String: Bool]?
    }

    private struct SubjectCase: Decodable {
        let original: String
        let stripped: String

        private enum CodingKeys: String, CodingKey {
            case original = "original_subject"
            case stripped = "stripped_subject"
        }
    }

    @Test func `plain text becomes Markdown that looks the same`() throws {
        let cases = try Corpus.json("plain-to-markdown.json", as: [Case].self)
        var failures: [String] = []
        for item in cases {
            let actual = PlainText.markdown(
                item.input,
                isFlowed: item.opts?["format_flowed"] ?? false,
                deletesSpace: item.opts?["delete_flowed_space"] ?? false
            )
            if actual != item.expected {
                failures.append("\(item.desc): \(item.input) → \(actual), not \(item.expected)")
            }
        }
        print("plain to Markdown: \(cases.count - failures.count) of \(cases.count)")
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }

    @Test func `subjects lose what answering put before them`() throws {
        let cases = try Corpus.json("subjects.json", as: [SubjectCase].self)
        for item in cases {
            #expect(Subject.cleaned(item.original) == item.stripped, "\(item.original)")
        }
    }
}
