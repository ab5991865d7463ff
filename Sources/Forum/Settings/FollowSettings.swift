extension SettingsStore {
    /// Takes over, every few seconds until cancelled, what other nodes or commands have set.
    package func follow() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(Limits.settingsReloadSeconds))
                try await reload()
            } catch is CancellationError {
                return
            } catch {
                // The database is away; what is known stays in force until it is back.
                continue
            }
        }
    }
}
