/// One column of the grid in sixteen bytes: a base scalar, up to four combining marks, a style
/// and a width. The right half of a wide character is a cell of width 0.
package struct Cell: Sendable, Hashable {
    private var low: UInt64
    private var high: UInt64

    /// Scalars take 21 bits each.
    private static let mask: UInt64 = 0x1F_FFFF

    package init(_ base: Unicode.Scalar, width: Int = 1, style: Style = .text) {
        low = UInt64(base.value)
        high = style.code << 42 | UInt64(width & 3) << 58
    }

    private init(continuing style: Style) {
        low = 0
        high = style.code << 42
    }

    package static let blank = Cell(" ")

    /// The right half of a wide character.
    package static func rightHalf(_ style: Style) -> Cell {
        Cell(continuing: style)
    }

    package var width: Int { Int(high >> 58 & 3) }

    package var isRightHalf: Bool { width == 0 }

    package var base: Unicode.Scalar {
        Unicode.Scalar(UInt32(low & Cell.mask)) ?? " "
    }

    package var style: Style {
        get { Style(code: high >> 42 & 0xFFFF) }
        set { high = high & ~(0xFFFF << 42) | newValue.code << 42 }
    }

    /// The combining marks, in order.
    package var marks: [Unicode.Scalar] {
        let raw = [
            low >> 21 & Cell.mask, low >> 42 & Cell.mask, high & Cell.mask, high >> 21 & Cell.mask,
        ]
        return raw.compactMap { $0 == 0 ? nil : Unicode.Scalar(UInt32($0)) }
    }

    package var hasMarks: Bool { low >> 21 != 0 }

    /// Adds a combining mark; marks beyond the fourth are dropped.
    package mutating func add(mark: Unicode.Scalar) {
        let value = UInt64(mark.value)
        if low >> 21 & Cell.mask == 0 {
            low |= value << 21
        } else if low >> 42 & Cell.mask == 0 {
            low |= value << 42
        } else if high & Cell.mask == 0 {
            high |= value
        } else if high >> 21 & Cell.mask == 0 {
            high |= value << 21
        }
    }

    /// The text of the cell; empty for a right half.
    package var text: String {
        guard !isRightHalf else { return "" }
        var scalars = String.UnicodeScalarView()
        scalars.append(base)
        scalars.append(contentsOf: marks)
        return String(scalars)
    }

    /// Where a line may break after this cell and where the gap disappears at its end.
    var isSpace: Bool { base == " " && !isRightHalf && !hasMarks }
}
