extension Model {
    mutating func performOnHelp(_ action: Action) -> [Effect] {
        guard case .help(var state) = screens[screens.count - 1] else { return [] }
        let page = max(1, contentRows - 1)
        switch action {
        case .next: state.top += 1
        case .previous: state.top -= 1
        case .pageForward: state.top += page
        case .pageBack: state.top -= page
        case .first: state.top = 0
        case .last: state.top = Int.max / 2
        case .back:
            return goBack()
        default:
            return []
        }
        let lines = HelpView.lines(
            for: state.context,
            keymap: settings.keymap,
            columns: size.columns
        )
        state.top = max(0, min(state.top, lines.count - contentRows))
        screens[screens.count - 1] = .help(state)
        return []
    }
}
