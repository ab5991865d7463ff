import Postgres

/// A set of colours for clients that draw the site in them.
package struct ColorScheme: Sendable, Equatable {
    package struct Color: Sendable, Equatable {
        package let name: String
        package let hex: String

        package init(name: String, hex: String) {
            self.name = name
            self.hex = hex
        }
    }

    package let id: Int64
    package let name: String
    package let baseID: String?
    package let isSelectable: Bool
    package let colors: [Color]

    /// Discourse's light scheme: what a scheme takes for the colours that it does not name.
    package static let base: [Color] = [
        Color(name: "primary", hex: "222222"), Color(name: "secondary", hex: "ffffff"),
        Color(name: "tertiary", hex: "0088cc"), Color(name: "quaternary", hex: "e45735"),
        Color(name: "header_background", hex: "ffffff"),
        Color(name: "header_primary", hex: "333333"), Color(name: "highlight", hex: "ffff4d"),
        Color(name: "selected", hex: "d1f0ff"), Color(name: "hover", hex: "f2f2f2"),
        Color(name: "danger", hex: "c80001"), Color(name: "success", hex: "009900"),
        Color(name: "love", hex: "fa6c8d"),
    ]
}

extension Community {
    /// Every scheme that was made here, by name.
    package func colorSchemes(by principal: Principal) async throws -> [ColorScheme] {
        _ = try principal.mayAdministerSite()
        let answers = try await database.batch([
            ColorSchemeQueries.schemes, ColorSchemeQueries.colors,
        ])
        let colors = Dictionary(
            grouping: try answers[1].decode(ColorRow.self),
            by: \.schemeID
        )
        return try answers[0].decode(ColorSchemeRow.self).map { row in
            let own = colors[row.id] ?? []
            return ColorScheme(
                id: row.id,
                name: row.name,
                baseID: row.baseID,
                isSelectable: row.isSelectable,
                colors: Self.filled(own.map { .init(name: $0.name, hex: $0.hex) })
            )
        }
    }

    /// Makes a scheme; the colours that it does not name are those of the light one.
    ///
    /// - Throws: `.forbidden`, `.invalid`.
    package func createColorScheme(
        name: String,
        baseID: String?,
        isSelectable: Bool,
        colors: [ColorScheme.Color],
        by principal: Principal
    ) async throws -> ColorScheme {
        let permitted = try principal.mayAdministerSite()
        try await checkScheme(name: name, baseID: baseID, colors)
        let id: Int64? = try await database.value(
            ColorSchemeQueries.insert(
                name: name.trimmingWhitespace,
                baseID: baseID,
                isSelectable: isSelectable,
                colors,
                permitted,
                at: clock()
            )
        )
        guard let id else { throw ForumError(.bug, "The scheme was not stored.") }
        return ColorScheme(
            id: id,
            name: name.trimmingWhitespace,
            baseID: baseID,
            isSelectable: isSelectable,
            colors: Self.filled(colors)
        )
    }

    private func checkScheme(
        name: String,
        baseID: String?,
        _ colors: [ColorScheme.Color]
    ) async throws {
        let name = name.trimmingWhitespace
        guard (1...255).contains(name.unicodeScalars.count), !name.utf8.contains(0),
            (baseID ?? "").unicodeScalars.count <= 255, !(baseID ?? "").utf8.contains(0)
        else { throw ForumError(.invalid, "Name can't be blank", field: "name") }
        guard colors.count <= Limits.colorsMax else {
            throw ForumError(.invalid, "A scheme has too many colors.", field: "colors")
        }
        for color in colors {
            let isHex = color.hex.utf8.allSatisfy {
                (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
            }
            guard isHex, [3, 6].contains(color.hex.utf8.count),
                ColorScheme.base.contains(where: { $0.name == color.name })
            else {
                throw ForumError(
                    .invalid,
                    "The color \(color.name.prefix(50)) is not known, or not 3 or 6 hexadecimal "
                        + "digits.",
                    field: "colors"
                )
            }
        }
        let count: Int = try await database.value(ColorSchemeQueries.count) ?? 0
        guard count < Limits.colorSchemesMax else {
            throw ForumError(.invalid, "There are too many color schemes.")
        }
    }

    private static func filled(_ own: [ColorScheme.Color]) -> [ColorScheme.Color] {
        ColorScheme.base.map { color in own.last { $0.name == color.name } ?? color }
    }
}
