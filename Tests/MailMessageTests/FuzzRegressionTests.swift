import Foundation
import FuzzTargets
import Testing

/// What the fuzzer found once, and what it could have.
struct FuzzRegressionTests {
    @Test(arguments: FuzzTarget.allCases)
    func `inputs that did harm are harmless now`(target: FuzzTarget) throws {
        let folder = Corpus.fixtures.deletingLastPathComponent()
            .appending(path: "fuzz/\(target.rawValue)")
        let files = try Corpus.files(in: folder)
        #expect(!files.isEmpty)
        for file in files { target.run(try Corpus.bytes(file)) }
    }
}
