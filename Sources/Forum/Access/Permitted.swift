/// What a rule decides. A resource that the principal may not see is denied as `.notFound`.
package enum Verdict: Sendable {
    case allow
    case deny(ForumError)
}

/// A pure decision about one action on one kind of resource, written beside its feature.
package struct Rule<Action, Resource: Sendable>: Sendable {
    let decide: @Sendable (Resource, Principal) -> Verdict

    package init(_ decide: @escaping @Sendable (Resource, Principal) -> Verdict) {
        self.decide = decide
    }
}

/// Proof that a rule allowed `principal` to do `Action` to `resource`.
///
/// Queries that change a row take this instead of an id, so an unchecked change does not compile.
package struct Permitted<Action, Resource: Sendable>: Sendable {
    package let resource: Resource
    package let principal: Principal

    fileprivate init(_ resource: Resource, _ principal: Principal) {
        self.resource = resource
        self.principal = principal
    }
}

extension Principal {
    /// The one place where a permission is made: it always asks `rule` first.
    package func may<Action, Resource>(
        _ rule: Rule<Action, Resource>,
        _ resource: Resource
    ) throws(ForumError) -> Permitted<Action, Resource> {
        switch rule.decide(resource, self) {
        case .allow: return Permitted(resource, self)
        case .deny(let error): throw error
        }
    }

    /// Whether `rule` would allow it; for the `can_…` flags of an answer.
    package func can<Action, Resource>(
        _ rule: Rule<Action, Resource>,
        _ resource: Resource
    ) -> Bool {
        switch rule.decide(resource, self) {
        case .allow: true
        case .deny: false
        }
    }
}
