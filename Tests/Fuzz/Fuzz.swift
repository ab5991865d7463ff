import FuzzTargets

#if canImport(Glibc)
import Glibc
#endif

/// The one entry that libFuzzer calls; `PARLEY_FUZZ` names what reads the bytes.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private let target: FuzzTarget = {
    let name = getenv("PARLEY_FUZZ").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        fatalError("PARLEY_FUZZ is one of \(FuzzTarget.allCases.map(\.rawValue))")
    }
    return target
}()
