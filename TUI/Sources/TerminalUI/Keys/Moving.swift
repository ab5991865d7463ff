extension Action {
    /// Where the selection of a list goes; it may lie beyond either end. `nil` for what moves nothing.
    ///
    /// - Parameters:
    ///   - last: The index of the last row.
    ///   - height: The rows on the screen.
    func moved(from selected: Int, last: Int, height: Int) -> Int? {
        switch self {
        case .next: selected + 1
        case .previous: selected - 1
        case .pageForward: selected + height
        case .pageBack: selected - height
        case .halfPageForward: selected + height / 2
        case .halfPageBack: selected - height / 2
        case .first: 0
        case .last: last
        default: nil
        }
    }
}
