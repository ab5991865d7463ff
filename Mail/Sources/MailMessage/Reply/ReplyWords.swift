/// What mail programs write around quoted mail, in the languages they speak. All in lower case.
enum ReplyWords {
    /// Verbs of an attribution: "On …, … wrote:".
    static let verbs: [String] = [
        "wrote", "writes", "said", "schrieb", "geschrieben", "a écrit", "écrivait", "écrit",
        "escribió", "escribio", "escreveu", "escreve", "ha scritto", "scrisse", "scrive", "schreef",
        "geschreven", "napisał", "napisała", "napisał(a)", "pisze", "napsal", "napsal(a)", "píše",
        "napísal",
        "skrev", "skriver", "följande", "kirjoitti", "kirjoittaa", "написал", "написал(а)", "пишет",
        "писал", "написав", "пише", "написа", "写道", "寫道", "書きました", "のメール", "のメッセージ", "작성", "썼습니다",
        "yazdı", "yazdi", "írta", "a scris", "έγραψε", "כתב", "כתבה", "كتب", "va escriure",
        "đã viết",
        "menulis", "rašė", "rakstīja", "kirjutas", "je napisao", "je napisal",
    ]

    /// Words with which an attribution may begin when it is broken over several lines.
    static let attributionStarts: [String] = [
        "on ", "at ", "am ", "le ", "el ", "il ", "em ", "op ", "den ", "på ", "w dniu", "dnia ",
        "dne ",
        "dňa ", "quoting ", "vào ", "pada ", "la data", "pe ", "στις ", "τις ", "в ", "у ", "вт",
        "пн", "ср",
        "чт", "пт", "сб", "вс", "od ", "v ", "ma ", "ti ", "ke ", "to ", "pe ", "la ", "su ", "mån",
        "tis", "ons",
        "tors", "fre", "lör", "sön", "man", "tir", "tor", "lør", "søn", "mon", "tue", "wed", "thu",
        "fri", "sat", "sun",
        "在", "於", "于", "ב", "في",
    ]

    /// Field names of a header that stands in the text, by what they say.
    static let from: Set<String> = [
        "from", "von", "de", "da", "van", "od", "från", "fra", "lähettäjä", "от", "від", "от кого",
        "отправитель",
        "差出人", "发件人", "寄件者", "寄件人", "보낸 사람", "보낸사람", "kimden", "gönderen", "feladó", "de la", "από",
        "מאת", "من",
        "remitente", "expéditeur", "mittente", "afzender", "nadawca", "avsändare", "odesílatel",
        "送信者", "saatja",
    ]
    static let date: Set<String> = [
        "date", "sent", "gesendet", "datum", "envoyé", "envoyé le", "enviado", "enviado el",
        "enviada em",
        "fecha", "data", "inviato", "verzonden", "wysłano", "wysłane", "skickat", "sendt", "dato",
        "lähetetty",
        "päiväys", "päivämäärä", "дата", "отправлено", "надіслано", "送信日時", "日付", "日時", "发送时间",
        "发送日期",
        "日期", "傳送時間", "寄件日期", "보낸 날짜", "보낸날짜", "날짜", "tarih", "gönderildi", "gönderme tarihi",
        "elküldve",
        "dátum", "odesláno", "odoslané", "trimis", "ημερομηνία", "נשלח", "תאריך", "التاريخ",
        "enviat",
    ]
    static let to: Set<String> = [
        "to", "an", "à", "a", "para", "aan", "do", "till", "til", "vastaanottaja", "кому", "宛先",
        "收件人", "받는 사람",
        "받는사람", "kime", "alıcı", "címzett", "komu", "către", "προς", "אל", "إلى", "destinataire",
        "destinatario",
        "per", "cc", "kopie", "copie à", "copia", "kopia", "kopi", "копия", "bcc", "reply-to",
        "reply to",
        "antwort an", "抄送", "副本", "참조", "bilgi", "in-reply-to", "message-id", "organization",
        "list-id",
    ]
    static let subject: Set<String> = [
        "subject", "betreff", "objet", "sujet", "asunto", "oggetto", "onderwerp", "temat", "ämne",
        "emne", "aihe",
        "тема", "件名", "主题", "主旨", "标题", "제목", "konu", "tárgy", "assunto", "předmět", "predmet",
        "subiect", "θέμα",
        "נושא", "الموضوع", "assumpte",
    ]

    /// What stands between dashes above mail that is answered or passed on.
    static let markers: Set<String> = [
        "original message", "original appointment", "original mail", "reply message",
        "reply separator",
        "forwarded message", "forwarded mail", "forwarded by", "forward message",
        "begin forwarded message",
        "end forwarded message", "forwarded letter", "original email",
        "ursprüngliche nachricht", "original-nachricht", "originalnachricht",
        "weitergeleitete nachricht",
        "ursprüngliche mail", "anfang der weitergeleiteten nachricht",
        "beginn der weitergeleiteten nachricht",
        "weitergeleitet von", "ende der weitergeleiteten nachricht", "weitergeleitete e-mail",
        "message d'origine", "message d’origine", "message original", "message initial",
        "message transféré",
        "message transmis", "courriel original", "e-mail d'origine", "début du message réexpédié",
        "début du message transféré", "mail original", "mail transféré",
        "mensaje original", "mensaje reenviado", "mensaje enviado", "inicio del mensaje reenviado",
        "correo original", "forwarded message from",
        "messaggio originale", "messaggio inoltrato", "inizio messaggio inoltrato",
        "inizio del messaggio inoltrato", "original messaggio",
        "oorspronkelijk bericht", "oorspronkelijke bericht", "origineel bericht",
        "doorgestuurd bericht",
        "begin doorgestuurd bericht",
        "mensagem original", "mensagem encaminhada", "mensagem reencaminhada",
        "início da mensagem encaminhada",
        "oryginalna wiadomość", "wiadomość oryginalna", "wiadomość przekazana",
        "przekazana wiadomość",
        "treść przekazanej wiadomości", "treść oryginalnej wiadomości",
        "ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande",
        "vidarebefordrat brev", "opprinnelig melding", "videresendt melding",
        "oprindelig meddelelse",
        "original meddelelse", "videresendt meddelelse", "alkuperäinen viesti", "välitetty viesti",
        "edelleenlähetetty viesti",
        "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение",
        "пересланное сообщение",
        "начало переадресованного сообщения", "конец пересылаемого сообщения",
        "перенаправленное сообщение",
        "вихідне повідомлення", "оригінальне повідомлення", "переслане повідомлення",
        "原始邮件", "原始郵件", "原始信息", "转发的邮件", "轉寄郵件", "转发邮件信息", "邮件原件", "回复的原邮件",
        "元のメッセージ", "転送メッセージ", "転送されたメッセージ", "original メッセージ", "원본 메시지", "원본 메일", "전달된 메시지",
        "orijinal mesaj", "özgün ileti", "iletilen mesaj", "yönlendirilmiş ileti", "eredeti üzenet",
        "továbbított üzenet", "původní zpráva", "přeposlaná zpráva", "původní e-mail",
        "pôvodná správa",
        "mesaj original", "mesaj redirecționat", "αρχικό μήνυμα", "προωθημένο μήνυμα",
        "הודעה מקורית",
        "הודעה שהועברה", "رسالة أصلية", "رسالة معاد توجيهها", "missatge original", "tin nhắn gốc",
        "pesan asli",
    ]

    /// The marker lines of a forum's own notification mail, in the languages a forum may write them.
    static let previousReplies: Set<String> = [
        "previous replies", "vorherige antworten", "réponses précédentes", "respuestas anteriores",
        "respuestas previas", "risposte precedenti", "respostas anteriores", "vorige antwoorden",
        "eerdere antwoorden", "poprzednie odpowiedzi", "tidigare svar", "tidligere svar",
        "aiemmat vastaukset",
        "edelliset vastaukset", "предыдущие ответы", "попередні відповіді", "以前の返信", "前の返信",
        "之前的回复", "先前的回覆",
        "先前的回复", "이전 답글", "이전 댓글", "önceki yanıtlar", "önceki cevaplar", "korábbi válaszok",
        "předchozí odpovědi",
        "răspunsuri anterioare", "προηγούμενες απαντήσεις", "תגובות קודמות", "ردود سابقة",
        "respostes anteriors",
    ]
    static let replyAbove: [String] = [
        "please type your reply above this line", "reply above this line", "type your reply above",
        "bitte gib deine antwort oberhalb dieser zeile ein",
        "bitte antworten sie oberhalb dieser zeile",
        "antwort oberhalb dieser zeile", "répondez au-dessus de cette ligne",
        "répondre au-dessus de cette ligne",
        "saisir votre réponse au-dessus de cette ligne",
        "saisissez votre réponse au-dessus de cette ligne",
        "escribe tu respuesta por encima de esta línea",
        "escribe tu respuesta encima de esta línea",
        "responda por encima de esta línea", "scrivi la tua risposta sopra questa riga",
        "digita la tua risposta sopra questa linea", "digite sua resposta acima desta linha",
        "escreva a sua resposta acima desta linha", "typ je antwoord boven deze regel",
        "typ uw antwoord boven deze regel", "wpisz swoją odpowiedź powyżej tej linii",
        "skriv ditt svar ovanför denna rad", "skriv svaret ditt over denne linjen",
        "skriv dit svar over denne linje", "kirjoita vastauksesi tämän rivin yläpuolelle",
        "введите ваш ответ над этой строкой", "напишите ваш ответ выше этой строки",
        "введіть свою відповідь над цим рядком", "この行の上に返信を入力してください", "请在此行上方输入您的回复",
        "请在此行之上键入您的回复", "請在此行上方輸入您的回覆", "이 줄 위에 답글을 입력하세요",
        "lütfen cevabınızı bu satırın üzerine yazın",
        "yanıtınızı bu satırın üstüne yazın",
    ]

    /// How programs sign by themselves; the line must begin so and hold little more.
    static let deviceSignatures: [String] = [
        "sent from my ", "sent from ", "sent using ", "sent with ", "sent via ", "get outlook for ",
        "envoyé de mon ", "envoyé depuis ", "envoyé à partir d", "von meinem ", "gesendet von ",
        "gesendet mit ",
        "diese nachricht wurde von meinem ", "enviado desde ", "enviado de mi ", "enviado con ",
        "enviado do meu ",
        "enviado via ", "enviado de meu ", "inviato da ", "inviato dal ", "verzonden vanaf ",
        "verstuurd vanaf ",
        "verzonden met ", "verstuurd met ", "wysłane z ", "wysłano z ", "skickat från ",
        "skickades från ",
        "sendt fra ", "lähetetty ", "отправлено с ", "отправлено из ", "надіслано з ", "发自我的",
        "從我的", "发送自",
        "iphoneから送信", "我的 iphone", "나의 iphone", "내 iphone에서", "iphone'umdan gönderildi",
        "odesláno z ",
        "trimis de pe ", "από το ", "נשלח מה", "download outlook", "outlook für ", "typed on my ",
        "sendt med ", "yahoo mail", "enviat des de",
    ]

    /// What the foot of a mailing list speaks of.
    static let listFooters: [String] = [
        "unsubscribe", "mailing list", "listinfo", "subscription", "mailman", "sponsor",
        "yahoo.com/info/terms",
        "groups.google", "you received this message because", "abbestellen", "mailingliste",
        "désabonner",
        "desuscrib", "list archive", "newsletter",
    ]
}
