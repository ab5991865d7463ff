extension Model {
    /// Something could not be done: the reader is told, and nothing stays half done.
    mutating func fail(_ effect: Effect, _ failure: Failure) -> [Effect] {
        if let wait = Wait(effect, failure, now: now) { return begin(wait) }
        say(failure.message, isFailure: true)
        isTakingBack = false
        switch effect {
        case .loadTopics(let kind, _):
            changeLists { list in
                guard list.kind == kind else { return }
                list.isLoading = false
                list.failure = failure
            }
        case .loadTopic(let id, _):
            changeTopics(id) { topic in
                topic.isLoading = false
                topic.failure = failure
            }
        case .loadNotifications:
            changeNotifications { state in
                state.isLoading = false
                state.failure = failure
            }
        case .loadChoices(let source):
            changeChoosers { state in
                guard state.source == source else { return }
                state.isLoading = false
                state.failure = failure
            }
        case .loadPerson(let username):
            changePeople { state in
                if state.username == username, state.person == nil {
                    state.failure = failure
                }
            }
        case .loadReview:
            changeReview { state in
                state.isLoading = false
                state.failure = failure
            }
        case .loadPosts(let topic, let ids):
            changeTopics(topic) { $0.requested.subtract(ids) }
        case .setLike(let topic, let post, let on):
            changeTopics(topic) { $0.setLike(post, on: !on) }
        case .logIn, .logInByBrowser, .openKey:
            stopLogin()
        default:
            failText(effect, failure)
        }
        if failure.kind == .auth, !effect.isLogIn, let username = site.username {
            askToLogIn(as: username)
        }
        return []
    }

    /// What is being written is kept, whatever happens to it on the way.
    private mutating func failText(_ effect: Effect, _ failure: Failure) {
        switch effect {
        case .loadRaw(let post):
            changeComposer { state in
                // A post that is changed waits on: half of it must not replace all.
                if state.awaitedRaw == post, !state.lacksText {
                    state.awaitedRaw = nil
                }
            }
        case .submit(let submission), .queue(let submission), .hold(let submission, _):
            changeComposer { state in
                if state.key == submission.key, state.mode == .sending {
                    state.mode = .editing
                }
            }
            let hint = failure.kind == .network ? " ^S sends it when the network is back." : ""
            say("Not sent; your text is kept. \(failure.message)\(hint)", isFailure: true)
        case .upload(let key, _):
            changeComposer { state in
                if state.key == key {
                    state.uploading = nil
                }
            }
        case .complete, .findSimilar:
            // Help that did not come is no news.
            notice = nil
        default:
            break
        }
    }
}
