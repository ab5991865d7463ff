/// What this module accepts from outside, in one table.
package enum Limits {
    /// Whole numbers in a request: what JSON can carry exactly (RFC 8259 §6), and far from where sums
    /// and products of them would overflow.
    package static let integers: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991
    /// Objects and lists inside one another, in JSON that is read or written.
    package static let jsonDepth = 64
    /// Values (scalars, lists, objects) in the JSON of one request.
    package static let requestValues = 100_000
    /// Values in the JSON of one reply. A page of a very busy forum has some ten thousand.
    package static let replyValues = 4_000_000
    /// `name=value` pairs in one form or query string.
    package static let formPairs = 4_096
    /// Brackets in one form name: `a[b][c]` has two.
    package static let formDepth = 8
    /// Bytes of one form name, before decoding.
    package static let formNameBytes = 1_024
    /// Parts of one multipart body.
    package static let multipartParts = 256
    /// Bytes of the header of one part.
    package static let multipartHeaderBytes = 8_192
    /// Bytes of a multipart boundary (RFC 2046 §5.1.1).
    package static let boundaryBytes = 70
}
