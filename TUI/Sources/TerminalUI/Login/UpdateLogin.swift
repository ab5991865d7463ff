extension Model {
    mutating func performOnLogin(_ action: Action) -> [Effect] {
        guard case .login(var state) = screens[screens.count - 1] else { return [] }
        switch action {
        case .nextField: state.moveFocus(by: 1)
        case .previousField: state.moveFocus(by: -1)
        case .cancel:
            isLoginDeclined = true
            return (state.isSending || state.approval != nil ? [.cancelLogIn] : []) + goBack()
        case .browserLogIn:
            if case .device(_, let page)? = state.approval { return [.openLink(page)] }
            state.isSending = true
            screens[screens.count - 1] = .login(state)
            return [.logInByBrowser]
        case .submit where state.approval != nil:
            let payload = state.payload.text
            guard case .paste = state.approval, !payload.isEmpty else { return [] }
            state.isSending = true
            screens[screens.count - 1] = .login(state)
            return [.openKey(payload: payload)]
        case .submit:
            if state.username.isEmpty {
                state.focus = .username
            } else if state.password.isEmpty {
                state.focus = .password
            } else if state.wantsCode, state.code.isEmpty {
                state.focus = .code
            } else if !state.isSending {
                state.isSending = true
                screens[screens.count - 1] = .login(state)
                let code = state.wantsCode ? state.code.text.trimmed : nil
                return [
                    .logIn(
                        username: state.username.text.trimmed,
                        password: state.password.text,
                        code: code
                    )
                ]
            }
        default:
            break
        }
        screens[screens.count - 1] = .login(state)
        return []
    }

    /// Leaves the form and loads what this member may see.
    mutating func enter(as username: String) -> [Effect] {
        site.username = username
        isLoginDeclined = false
        screens.removeAll { if case .login = $0 { true } else { false } }
        if screens.isEmpty {
            screens = [.topicList(TopicListState(kind: .latest))]
        }
        say("Welcome, \(username).")
        let waiting: [Effect] = held.isEmpty ? [] : [.deliver(all: false)]
        return [.loadSite, .follow(topic: openTopicID)] + waiting + refresh()
    }

    /// The site does not know the member any more: the form stands above what was being done.
    mutating func askToLogIn(as username: String) {
        let isAsked = screens.contains { if case .login = $0 { true } else { false } }
        guard !isAsked, !isLoginDeclined else { return }
        var state = LoginState()
        state.username = TextField(username)
        state.focus = username.isEmpty ? .username : .password
        prompt = nil
        screens.append(.login(state))
        say("Your login has ended. Log in again, and you are back where you were.", isFailure: true)
    }

    mutating func askForCode() {
        changeLogin { state in
            state.isSending = false
            state.wantsCode = true
            state.focus = .code
        }
        say("Enter the code of your second factor.")
    }

    /// The site waits for a word in a browser.
    mutating func askForApproval(_ approval: LoginApproval) {
        changeLogin { state in
            state.approval = approval
            if case .paste = approval {
                state.isSending = false
                state.focus = .payload
            }
        }
    }

    mutating func stopLogin() {
        changeLogin { state in
            state.isSending = false
            if case .device = state.approval {
                state.approval = nil
            }
        }
    }

    private mutating func changeLogin(_ change: (inout LoginState) -> Void) {
        for index in screens.indices {
            guard case .login(var state) = screens[index] else { continue }
            change(&state)
            screens[index] = .login(state)
        }
    }
}
