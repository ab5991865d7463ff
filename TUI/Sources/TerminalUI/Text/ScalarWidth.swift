/// Columns that one scalar fills: 0, 1 or 2.
enum ScalarWidth {
    static func columns(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        if contains(WidthTable.zero, value) { return 0 }
        return value >= 0x1100 && contains(WidthTable.wide, value) ? 2 : 1
    }

    /// Binary search in flat pairs of first and last value.
    private static func contains(_ pairs: [UInt32], _ value: UInt32) -> Bool {
        var low = 0
        var high = pairs.count / 2 - 1
        while low <= high {
            let middle = (low + high) / 2
            if value < pairs[middle * 2] {
                high = middle - 1
            } else if value > pairs[middle * 2 + 1] {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }
}
