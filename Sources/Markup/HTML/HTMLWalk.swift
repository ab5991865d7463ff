/// A walk through a tree in document order, without recursion.
package struct HTMLWalk: Sequence, IteratorProtocol {
    /// A step of the walk.
    package enum Step: Sendable {
        /// A text node, or the beginning of an element.
        case enter(Int)
        /// The end of an element.
        case leave(Int)
    }

    private let tree: HTMLTree
    private let root: Int
    private var last: Step?
    private var isSkipping = false

    /// A walk through everything below `root`, itself left out.
    package init(_ tree: HTMLTree, below root: Int = 0) {
        self.tree = tree
        self.root = root
    }

    package mutating func next() -> Step? {
        last = following(last)
        isSkipping = false
        return last
    }

    /// Leaves out what is below the element that was entered last: its end comes next.
    package mutating func skipContent() {
        isSkipping = true
    }

    private func following(_ step: Step?) -> Step? {
        let index: Int
        switch step {
        case nil:
            let first = tree[root].firstChild
            return first == HTMLTree.none ? nil : .enter(first)
        case .enter(let entered):
            if tree[entered].kind == .element {
                let child = tree[entered].firstChild
                return isSkipping || child == HTMLTree.none ? .leave(entered) : .enter(child)
            }
            index = entered
        case .leave(let left):
            index = left
        }
        if tree[index].nextSibling != HTMLTree.none {
            return .enter(tree[index].nextSibling)
        }
        let parent = tree[index].parent
        return parent == root || parent == HTMLTree.none ? nil : .leave(parent)
    }
}
