/// The one way from text to cells. No control character, no bidirectional override and no tag
/// character passes, and each cell holds what every terminal counts alike: a base with combining
/// marks. Posts keep their own text; only what is drawn changes.
package enum TextPolicy {
    /// What stands in the place of a character that would steer the terminal.
    static let controlMark: Unicode.Scalar = "\u{241B}"
    /// What stands in the place of a hidden direction mark in fields where it could deceive.
    static let directionMark: Unicode.Scalar = "\u{2049}"

    /// Cells of `text`, which is taken as one line: line ends become spaces.
    package static func cells(
        _ text: some StringProtocol,
        style: Style = .text,
        tab: Int = 8,
        showDirections: Bool = false
    ) -> [Cell] {
        var writer = CellWriter(style: style, tab: tab, showDirections: showDirections)
        writer.write(text)
        return writer.cells
    }

    /// Cells of a short field such as a title or a name: bounded, with hidden marks made visible.
    package static func field(_ text: String, style: Style = .text) -> [Cell] {
        cells(text.prefix(Limits.fieldCharacters), style: style, tab: 1, showDirections: true)
    }

    /// A field as plain text, for window titles and for output outside the grid.
    package static func plain(_ text: some StringProtocol) -> String {
        cells(text, tab: 4).map(\.text).joined()
    }

    /// JSON allows DEL, C1, direction marks and tags as they are; a terminal might obey them.
    package static func escaped(json: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            switch scalar.value {
            case 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x061C, 0xFEFF,
                0xE0000...0xE0FFF:
                for unit in String(Character(scalar)).utf16 {
                    let digits = String(unit, radix: 16)
                    let zeros = String(repeating: "0", count: 4 - digits.count)
                    result.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
                }
            default:
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Columns of a field.
    package static func width(_ text: String) -> Int {
        cells(text).count
    }
}

/// Turns text into cells, one cluster after the other.
private struct CellWriter {
    let style: Style
    let tab: Int
    let showDirections: Bool
    var cells: [Cell] = []

    init(style: Style, tab: Int, showDirections: Bool) {
        self.style = style
        self.tab = max(1, tab)
        self.showDirections = showDirections
    }

    mutating func write(_ text: some StringProtocol) {
        cells.reserveCapacity(text.utf8.count)
        var rest = Substring(text)
        while let first = rest.utf8.first {
            // Printable ASCII stands for itself unless a mark follows it.
            let next = rest.utf8.dropFirst().first ?? 0
            if first >= 0x20, first < 0x7F, next < 0x80 {
                cells.append(Cell(Unicode.Scalar(first), style: style))
                rest = Substring(rest.utf8.dropFirst())
            } else {
                write(cluster: rest.removeFirst())
            }
        }
    }

    /// Adds one extended grapheme cluster.
    mutating func write(cluster: Character) {
        var base: Cell?
        var isEmoji = false
        for scalar in cluster.unicodeScalars {
            switch Treatment(of: scalar, showDirections: showDirections) {
            case .drop:
                continue
            case .replace(let shown):
                finish(&base)
                base = Cell(shown, style: style)
            case .space(let columns):
                finish(&base)
                let count = columns == 0 ? tab - cells.count % tab : columns
                cells.append(contentsOf: repeatElement(Cell(" ", style: style), count: count))
            case .mark:
                // A mark with nothing to stand on is left out.
                base?.add(mark: scalar)
            case .base(let width):
                // The tail of a joined or toned emoji would be cut by the terminal: the first
                // emoji stands for the whole.
                if base != nil && (isEmoji || scalar.properties.isEmojiModifier) {
                    continue
                }
                finish(&base)
                base = Cell(scalar, width: width, style: style)
                isEmoji = scalar.properties.isEmoji && scalar.value > 0x7F
            }
        }
        finish(&base)
    }

    private mutating func finish(_ cell: inout Cell?) {
        guard let done = cell else { return }
        cells.append(done)
        if done.width == 2 {
            cells.append(.rightHalf(style))
        }
        cell = nil
    }
}

/// What happens to one scalar.
private enum Treatment {
    case drop
    case replace(Unicode.Scalar)
    /// That many spaces; 0 stands for a tab.
    case space(Int)
    case mark
    case base(width: Int)

    init(of scalar: Unicode.Scalar, showDirections: Bool) {
        let value = scalar.value
        switch value {
        case 0x09:
            self = .space(0)
        case 0x0A, 0x0D, 0x2028, 0x2029, 0x85:
            self = .space(1)
        case 0x00...0x1F:
            self = .replace(Unicode.Scalar(0x2400 + value) ?? TextPolicy.controlMark)
        case 0x7F...0x9F:
            self = .replace(TextPolicy.controlMark)
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069:
            self = showDirections ? .replace(TextPolicy.directionMark) : .drop
        case 0xAD, 0x200B...0x200D, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF,
            0xFE00...0xFE0F, 0xFFF9...0xFFFB, 0x180B...0x180F, 0x115F...0x1160, 0x3164, 0xFFA0,
            0xE0000...0xE0FFF:
            self = .drop
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F:
            self = .space(1)
        case 0x3000:
            self = .space(2)
        case 0x1F1E6...0x1F1FF:
            // Regional indicators: a flag is written as the two letters of its country.
            self = .replace(Unicode.Scalar(value - 0x1F1E6 + 0x41) ?? TextPolicy.controlMark)
        case 0x1F3FB...0x1F3FF:
            self = .base(width: 2)
        case 0x20DD...0x20E4:
            // Enclosing marks, the key of a keycap among them.
            self = .drop
        default:
            switch ScalarWidth.columns(scalar) {
            case 0: self = .mark
            case let width: self = .base(width: width)
            }
        }
    }
}
