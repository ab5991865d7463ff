import Markup
import Testing

@Suite struct HTMLTreeTests {
    @Test func `nodes know their neighbours`() {
        let tree = HTMLTree(parsing: "<div id=a class='b  c'>x<p>y</p>z</div>w")
        let top = tree.children(of: 0)
        #expect(top.count == 2)
        let div = tree[top[0]]
        #expect(div.name == "div")
        #expect(div.attribute("id") == "a")
        #expect(div.classes == ["b", "c"])
        #expect(tree.children(of: top[0]).count == 3)
        #expect(tree.text(of: 0) == "xyzw")
        #expect(tree[tree.children(of: top[0])[1]].name == "p")
        #expect(tree.descendants(of: 0).count == 6)
    }

    @Test func `a part can be taken out`() {
        var tree = HTMLTree(parsing: "<p>a</p><p>b</p><p>c</p>")
        let children = tree.children(of: 0)
        tree.remove(children[1])
        #expect(tree.text(of: 0) == "ac")
        tree.remove(children[0])
        #expect(tree.text(of: 0) == "c")
        tree.remove(children[2])
        #expect(tree.children(of: 0).isEmpty)
        tree.remove(0)
        #expect(tree[0].kind == .document)
    }

    @Test func `a walk enters and leaves every element once`() {
        let tree = HTMLTree(parsing: "<div><p>a<b>c</b></p></div><i></i>")
        var steps = ""
        for step in HTMLWalk(tree) {
            switch step {
            case .enter(let index): steps += "(\(tree[index].name)\(tree[index].text)"
            case .leave(let index): steps += ")\(tree[index].name)"
            }
        }
        #expect(steps == "(div(p(a(b(c)b)p)div(i)i")
    }

    @Test func `a walk can skip content`() {
        let tree = HTMLTree(parsing: "<div><p>a</p></div><i>b</i>")
        var walk = HTMLWalk(tree)
        var seen: [String] = []
        while let step = walk.next() {
            if case .enter(let index) = step {
                seen.append(tree[index].name + tree[index].text)
                if tree[index].name == "div" {
                    walk.skipContent()
                }
            }
        }
        #expect(seen == ["div", "i", "b"])
    }

    @Test func `a document gives its body`() {
        let html =
            "<!DOCTYPE html><html><head><title>t</title><style>s</style></head><body>a</body></html>"
        #expect(HTMLTree(parsing: html).text(of: 0) == "a")
    }

    @Test(arguments: [
        ("<ul><li>a<li>b</ul>", "ul(li(a)li(b))"), ("<p>a<div>b</div>", "p(a)div(b)"),
        ("<table><td>a<td>b<tr><td>c", "table(tbody(tr(td(a)td(b))tr(td(c))))"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"), ("<a>x<a>y", "a(x)a(y)"),
        ("<b>x<p>y</b>z", "b(xp(y))z"), ("a<!-- b --><c>d</c>", "ad"),
        ("<li>a<ul><li>b</ul><li>c", "li(aul(li(b)))li(c)"),
    ])
    func `sloppy HTML gets the structure that it means`(html: String, shape: String) {
        let tree = HTMLTree(parsing: html)
        var found = ""
        for step in HTMLWalk(tree) {
            switch step {
            case .enter(let index) where tree[index].kind == .text: found += tree[index].text
            case .enter(let index): found += tree[index].name + "("
            case .leave: found += ")"
            }
        }
        #expect(found == shape)
    }
}
