import Foundation
import Mustache
import Testing

@testable import ForumMail

struct MailFormTests {
    @Test(arguments: [
        ("plain\n\ntext", "plain\n\ntext"),
        (
            "[quote=\"anna, post:1, topic:3\"]\none\n\ntwo\n[/quote]\n\nanswer",
            "anna wrote:\n> one\n>\n> two\n\nanswer"
        ),
        ("[quote]\na\n[quote=bert]\nb\n[/quote]\nc\n[/QUOTE]", "> a\n> bert wrote:\n>> b\n> c"),
        ("```\n[quote]\n```\n[/quote]", "```\n[quote]\n```\n[/quote]"),
        ("see [quote] here", "see [quote] here"),
        ("[quote=\"anna\"]\nnever closed", "anna wrote:\n> never closed"),
    ])
    func `quotes are written as mail has them`(raw: String, text: String) {
        #expect(PlainPost.text(raw) == text)
    }

    private static func template(_ text: String, safe: Set<String>?) throws -> String {
        let folder = "/tmp/mail-templates-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        defer {
            unlink(folder + "/x.mustache")
            rmdir(folder)
        }
        let source = TemplateSource(
            name: "x.mustache",
            builtIn: "built in",
            tags: ["title", "cooked"],
            safe: safe
        )
        let isMade = FileManager.default.createFile(
            atPath: folder + "/x.mustache",
            contents: Data(text.utf8)
        )
        #expect(isMade)
        return try source.template(in: folder).render(["title": "<t>", "cooked": "<p>"])
    }

    @Test func `a template of the administrator's is used`() throws {
        #expect(try Self.template("{{title}} {{{cooked}}}", safe: ["cooked"]) == "&lt;t&gt; <p>")
        #expect(try Self.template("{{#title}}{{{title}}}{{/title}}", safe: nil) == "<t>")
        let absent = TemplateSource(name: "x", builtIn: "built in", tags: [], safe: nil)
        #expect(try absent.template(in: "/nowhere").render([:] as [String: String]) == "built in")
    }

    private static let broken: [(String, Set<String>?, String)] = [
        ("ok\n{{{titel}}}", nil, "line 2"),
        ("ok\n\n{{title}}", nil, "line 3"),
        ("{{{title}}}", ["cooked"], "line 1"),
        ("{{#title}}\nnever closed", ["cooked"], "line 2"),
        ("{{title", ["cooked"], "line 1"),
        ("{{> partial}}", ["cooked"], "line 1"),
    ]

    @Test(arguments: broken)
    func `a broken one is refused with its line`(text: String, safe: Set<String>?, line: String) {
        #expect {
            try Self.template(text, safe: safe)
        } throws: { error in
            (error as? TemplateFailure)?.description.contains(line) == true
        }
    }
}
