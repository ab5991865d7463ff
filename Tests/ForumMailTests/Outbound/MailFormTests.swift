import Foundation
import Mustache
import Testing

@testable import ForumMail

struct MailFormTests {
    private static func template(
        _ text: String,
        safe: Set<String>? = ["cooked"],
        value: String = "<t>"
    ) throws -> String {
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
        return try source.template(in: folder).render(["title": value, "cooked": "<p>"])
    }

    @Test func `a template of the administrator's is used`() throws {
        #expect(try Self.template("{{title}} {{{cooked}}}", safe: ["cooked"]) == "&lt;t&gt; <p>")
        #expect(try Self.template("{{#title}}{{{title}}}{{/title}}", safe: nil) == "<t>")
        let absent = TemplateSource(name: "x", builtIn: "built in", tags: [], safe: nil)
        #expect(try absent.template(in: "/nowhere").render([:] as [String: String]) == "built in")
    }

    /// The package's own rules would let it pass: they escape whole characters.
    @Test func `a quote with an accent on it does not end an attribute`() throws {
        let text = "\"\u{301} onmouseover=\"alert(1)"
        let escaped = "&quot;\u{301} onmouseover=&quot;alert(1)"
        let template = try TemplateSource(
            name: "x",
            builtIn: "<a title=\"{{title}}\">",
            tags: ["title"],
            safe: []
        ).template(in: nil)
        #expect(template.render(["title": text]) == "<a title=\"\(escaped)\">")
        #expect(try Self.template("{{title}}", value: text) == escaped)
    }

    private static let html = MailHTML(
        baseURL: "https://forum.example",
        page: "https://forum.example/t/7/2",
        spoiler: "spoiler"
    )

    @Test(arguments: [
        (
            "<p><a href=\"/t/1\">a</a> <a href=\"//b.example/\">b</a></p>",
            "<p><a href=\"https://forum.example/t/1\">a</a> <a href=\"//b.example/\">b</a></p>"
        ),
        (
            "<a title=\"x > y\" href=\"/u/a\">c</a>",
            "<a title=\"x > y\" href=\"https://forum.example/u/a\">c</a>"
        ),
        (
            "a <span class=\"spoiler\">b <span>c</span> d</span> e",
            "a <a href=\"https://forum.example/t/7/2\">[spoiler]</a> e"
        ),
        ("<code>x</code>", "<code style=\"font-family:monospace\">x</code>"),
        (
            "<span class=\"chcklst-box checked\"></span> done",
            "<span class=\"chcklst-box checked\">\u{2611}</span> done"
        ),
        ("<table style=\"width:1px\"><", "<table style=\"width:1px\"><"),
    ])
    func `the HTML part needs no page around it`(cooked: String, expected: String) {
        #expect(Self.html.html(cooked) == expected)
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
