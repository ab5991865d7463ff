/// Actions on categories; they exist as types only.
package enum CreatingCategory {}
package enum ChangingCategory {}

extension Rule where Action == CreatingCategory, Resource == WholeSite {
    /// Discourse: administrators only.
    package static var createCategory: Self {
        Self { _, principal in principal.isAdmin ? .allow : .deny(.forbidden) }
    }
}

extension Rule where Action == ChangingCategory, Resource == Category {
    /// Discourse: administrators only.
    package static var changeCategory: Self {
        Self { _, principal in principal.isAdmin ? .allow : .deny(.forbidden) }
    }
}

extension Principal {
    package var mayCreateCategories: Bool { can(.createCategory, WholeSite()) }
}
