import Testing

@testable import TerminalUI

@Suite struct KeymapTests {
    @Test(arguments: KeyContext.allCases)
    func `no key has two meanings in a context`(context: KeyContext) {
        var seen: [[Key]: Action] = [:]
        for binding in Keymap.standard.bindings(for: context) where binding.keys.count > 0 {
            let isGoPrefix = binding.keys == [.character("g")]
            #expect(seen[binding.keys] == nil, "\(binding.keyNames) in \(context)")
            seen[binding.keys] = binding.action
            let startsAnother = Keymap.standard.bindings(for: context).contains {
                $0.keys.count > binding.keys.count && $0.keys.starts(with: binding.keys)
            }
            #expect(!startsAnother || isGoPrefix, "\(binding.keyNames) can never be reached")
        }
    }

    @Test(arguments: KeyContext.allCases)
    func `every context shows some keys and names all of them`(context: KeyContext) {
        let bindings = Keymap.standard.bindings(for: context)
        #expect(bindings.contains { $0.bar != nil })
        #expect(bindings.allSatisfy { !$0.label.isEmpty && !$0.keys.isEmpty })
    }

    @Test func `a key without a meaning says so and starts nothing`() {
        let model = Sample.list()
        #expect(model.press("%").isEmpty)
        #expect(model.notice?.text == "% does nothing here. ? shows the keys.")
        #expect(model.press("g%").isEmpty)
        #expect(model.notice?.text.hasPrefix("g %") == true)
        #expect(model.pending.isEmpty)
    }

    @Test func `the bar of keys shows what can follow a prefix`() {
        let model = Sample.list()
        model.press("g")
        let bar = model.shown.suffix(2).joined(separator: " ")
        #expect(bar.contains("h home"))
        #expect(bar.contains("c categories"))
        #expect(bar.contains("S other site"))
    }

    @Test func `the help lists every binding of every context`() {
        let model = Sample.list(rows: 500)
        model.press("?")
        for context in KeyContext.allCases where context != .help {
            #expect(model.picture.contains(context.title))
            for binding in Keymap.standard.bindings(for: context) {
                #expect(model.picture.contains(binding.label.prefix(50)))
            }
        }
        model.press("q")
        #expect(model.context == .topicList)
    }

    @Test func `commands have names, complete and run`() {
        let model = Sample.list()
        model.press(":cate<tab>")
        #expect(model.prompt?.field.text == "categories")
        model.press("<enter>")
        #expect(model.context == .categories)
        // Each completion is described, one after the other.
        model.press(":m<tab>")
        let first = model.prompt?.field.text ?? ""
        #expect(model.picture.contains("\(first): "))
        model.press("<tab>")
        #expect(model.prompt?.field.text != first)
        #expect(model.picture.contains("\(model.prompt?.field.text ?? ""): "))
        model.press("<esc>")
        model.press(":nonsense<enter>")
        #expect(model.notice?.isFailure == true)
        #expect(model.press(":quit<enter>") == [.quit])
        #expect(model.press("<^z>") == [.suspend])
        #expect(model.press("<^l>") == [.redraw])
    }
}
