import Cryptography
import Forum
import ForumAPI
import HTTPTypes
import Hummingbird

/// A page of a title, some sentences, a form, and sections of the same.
struct PlainPage: Sendable {
    struct Section: Sendable {
        var title: String
        var paragraphs: [String] = []
        var link: (label: String, address: String)?
        var form: PageForm?
        var table: Table?
    }

    struct Table: Sendable {
        struct Row: Sendable {
            let cells: [String]
            var mark: String?
            var form: PageForm?
            var menu: LevelMenu?
        }

        let columns: [String]
        let rows: [Row]
    }

    var head: PageHead
    var title: String
    var notice: String?
    var paragraphs: [String] = []
    var problems: [String] = []
    var list: [String] = []
    /// Shown to be copied.
    var secret: String?
    /// A PNG of a code for a camera.
    var picture: [UInt8]?
    var form: PageForm?
    var second: PageForm?
    var sections: [Section] = []
    var tabs: [Fields] = []
    var links: [(label: String, address: String)] = []
    var isNarrow = true

    init(_ title: String) {
        head = PageHead(title)
        head.hasForm = true
        self.title = title
    }

    var fields: Fields {
        [
            "title": title, "notice": notice, "paragraphs": paragraphs, "problems": problems,
            "items": list.isEmpty ? nil : ["list": list] as Fields, "secret": secret,
            "codePicture": picture.map { "data:image/png;base64,\(Base64.encode($0))" },
            "form": form?.fields, "second": second?.fields,
            "sections": sections.map { Self.fields($0) },
            "hasTabs": !tabs.isEmpty, "tabs": tabs,
            "hasLinks": !links.isEmpty,
            "links": links.map { ["label": $0.label, "address": $0.address] as Fields },
            "isNarrow": isNarrow,
        ]
    }

    private static func fields(_ section: Section) -> Fields {
        [
            "title": section.title, "paragraphs": section.paragraphs,
            "form": section.form?.fields,
            "link": section.link.map { ["label": $0.label, "address": $0.address] as Fields },
            "table": section.table.map { table -> Fields in
                [
                    "columns": table.columns,
                    "rows": table.rows.map { row -> Fields in
                        [
                            "cells": row.cells, "mark": row.mark, "form": row.form?.fields,
                            "menu": row.menu?.fields,
                        ]
                    },
                ]
            },
        ]
    }
}

extension PageWriter {
    func document<Body>(_ page: PlainPage, for call: Call<Body>) async throws -> Document {
        try await document(.plain, page.head, page.fields, for: call)
    }

    func response<Body>(
        _ page: PlainPage,
        _ status: HTTPResponse.Status = .ok,
        for call: Call<Body>
    ) async throws -> Response {
        var response = Response.document(try await document(page, for: call))
        response.status = status
        return response
    }
}
