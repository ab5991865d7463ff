/// Words of a text.
package enum WordCount {
    /// How many runs of letters, digits, marks and underscores `text` holds. Scripts without spaces
    /// count a run as one word, as Discourse does.
    package static func count(_ text: String) -> Int {
        var words = 0
        var isInside = false
        for scalar in text.unicodeScalars {
            let isWord: Bool
            if scalar.isASCII {
                isWord = Bytes.isWord(UInt8(scalar.value))
            } else {
                isWord =
                    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || scalar.properties.generalCategory == .nonspacingMark
            }
            if isWord, !isInside {
                words += 1
            }
            isInside = isWord
        }
        return words
    }
}
