import ArgumentParser
import Cryptography
import Egress
import Forum
import ForumMail
import ForumWeb
import Foundation
import Hummingbird
import Logging
import MailMessage
import NIOCore
import Postgres
import ServiceLifecycle
import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the forum.")

    @OptionGroup var database: DatabaseOptions

    @Option(help: "HOST:PORT for HTTP. (PARLEY_LISTEN, default 127.0.0.1:4600)")
    var listen: String?

    @Option(name: .customLong("base-url"), help: "Where people reach it. (PARLEY_BASE_URL)")
    var baseURL: String?

    @Flag(help: "Fill an empty forum with a sample community first.")
    var demo = false

    func run() async throws {
        var configuration = try await database.load()
        if let listen {
            if configuration.baseURL == "http://\(configuration.listen)" {
                configuration.baseURL = "http://\(listen)"
            }
            configuration.listen = listen
        }
        if let baseURL { configuration.baseURL = baseURL }
        let address = try ListenAddress(parsing: configuration.listen, option: "--listen")
        let logger = ProcessLog.make(level: configuration.logLevel)
        OpenFiles.raiseLimit(logger: logger)
        let open = try await reporting { [configuration] in
            try await OpenDatabase.open(configuration, isServer: true, logger: logger)
        }
        do {
            var community = try await Community.open(
                database: open.pool,
                baseURL: configuration.baseURL,
                dataDirectory: configuration.dataDirectory,
                logger: logger
            )
            community.addresses = open.addresses
            community.catalogues = try MailComposition.catalogues(configuration)
            if demo { try await SampleCommunity(community: community).fillIfEmpty() }
            let services = try Self.services(
                community,
                open,
                configuration,
                address,
                logger: logger
            )
            try await ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: services,
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: logger
                )
            ).run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            await open.close()
            throw CommandFailure(
                message: """
                    \(configuration.listen) is taken by another program. Stop that one, or give \
                    --listen another port.
                    """
            )
        } catch {
            await open.close()
            throw error
        }
    }

    /// In the order of their dependence: what is named first is stopped last.
    private static func services(
        _ community: Community,
        _ open: OpenDatabase,
        _ configuration: ProcessConfiguration,
        _ address: ListenAddress,
        logger: Logger
    ) throws -> [any Service] {
        let bus = LiveBus(community: community)
        let views = TopicViews(community: community)
        let intake = try MailComposition.intake(community, configuration)
        let sender = try MailComposition.sender(community, intake, configuration)
        if sender == nil {
            logger.notice("no PARLEY_SMTP_URL: notification mails stay in the queue")
        }
        let listener = Listener(connectionString: open.connectionString, logger: logger)
        var services: [any Service] = [
            DatabaseService(database: open),
            Worker(name: "settings") { await community.settings.follow() },
            Worker(name: "request counts") { await community.shareRequestCounts() },
            Worker(name: "views") { await views.run() },
            Worker(name: "dispatcher") { await Dispatcher(community: community).run() },
            Worker(name: "jobs") { await JobRunner(community: community).run() },
            Worker(name: "bus") { await bus.run(listener: listener) },
            Worker(name: "mail upkeep") { await MailUpkeep(intake: intake, logger: logger).run() },
        ]
        let egress = EgressClient()
        let requests = RequestSender(community: community, egress: egress, logger: logger)
        services.append(Worker(name: "requests") { await requests.run() })
        if let sender { services.append(Worker(name: "mail") { await sender.run() }) }
        services += try MailComposition.doors(community, intake, configuration)
        var web = WebServices(
            community: community,
            bus: bus,
            views: views,
            egress: egress,
            archive: { scope, isCompressed, viewer in
                MboxArchive(scope, of: community, for: viewer, isCompressed: isCompressed)
            },
            takeMail: { raw in try await Self.take(raw, intake, logger: logger) }
        )
        web.isMailDestination = { address, sender in
            try await intake.isOurs(address, from: sender)
        }
        web.inspectMail = { raw in try Self.inspect(raw, community.settings.current) }
        services.append(
            WebServer.application(
                web,
                host: address.host,
                port: address.port,
                logger: logger
            ) { port in
                let shown = port.map { "\(address.host):\($0)" } ?? configuration.listen
                // Not `print`: into a pipe that would show up only when the buffer is full.
                FileHandle.standardOutput.write(Data("Parley listens on http://\(shown)\n".utf8))
            }
        )
        services.append(LiveBusClosing(bus: bus))
        return services
    }

    /// How a mail would be read by this site.
    private static func inspect(_ raw: [UInt8], _ settings: SiteSettings) throws -> InspectedMail {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var inspection = Message.parse(raw).inspect(preferHTML: settings.incomingEmailPreferHtml)
        inspection.showsLines = true
        return InspectedMail(
            text: inspection.body.markdown,
            elided: inspection.body.elided,
            isHTML: inspection.body.source == .html,
            json: [UInt8](try encoder.encode(inspection))
        )
    }

    /// A refused mail is taken all the same, as Discourse does; one that can only be stored later is
    /// not, so that the sender tries again.
    private static func take(_ raw: [UInt8], _ intake: Intake, logger: Logger) async throws {
        let verdict = await intake.take(raw, recipientsFromHeaderVia: "handle_mail")
        logger.info("mail over HTTP", metadata: ["verdict": "\(verdict.summary)"])
        if let why = verdict.postponement { throw ForumError(.unavailable, why) }
    }
}
