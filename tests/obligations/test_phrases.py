"""Phrases that only some languages have, or that translators vary: sentences of our own and what they schedule."""

import pytest

from app.model import Language
from tests.obligations.sample import dated

PHRASES: list[tuple[Language, str, str, list[tuple[str, str]]]] = [
    (
        "es",
        "A/RES/90/7",
        "Decide examinar la cuestión en su 92º período de sesiones;",
        [("agenda", "GA92")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Solicita al Secretario General que, en su 91.er período de sesiones, le presente un informe sobre los faros;",
        [("report", "GA91")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Pide al Secretario General que la informe en su nonagésimo segundo período de sesiones sobre la "
        "aplicación de la presente resolución;",
        [("report", "GA92")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Decide incluir en el programa provisional de su nonagésimo tercer período de sesiones, en relación "
        "con el tema titulado “Desarrollo sostenible”, el subtema titulado “Faros”;",
        [("agenda", "GA93")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Decide que la reunión de alto nivel se celebre los días 28 y 29 de septiembre de 2036;",
        [("meeting", "2036-09-28/2036-09-29")],
    ),
    (
        "es",
        "S/RES/3901 (2035)",
        "Decide que las medidas impuestas en el párrafo 4 sigan en vigor hasta el 31 de julio de 2036;",
        [("mandate", "../2036-07-31")],
    ),
    (
        "es",
        "S/RES/3901 (2035)",
        "Expresa su intención de examinar el mandato a más tardar el 15 de marzo de 2036;",
        [("review", "../2036-03-15")],
    ),
    (
        "es",
        "S/RES/3901 (2035)",
        "Solicita al Secretario General que siga informándole cada tres meses;",
        [("report", "R/P3M")],
    ),
    (
        "es",
        "S/RES/3901 (2035)",
        "Decide prorrogar el mandato de la Fuerza hasta el 31 de enero de 2037 y solicita al Secretario "
        "General que le presente informes a más tardar el 10 de julio de 2036;",
        [("mandate", "../2037-01-31"), ("report", "../2036-07-10")],
    ),
    (
        "es",
        "A/HRC/RES/90/2",
        "Solicita a la Oficina del Alto Comisionado que le presente un informe en su 96º período de sesiones;",
        [("report", "HRC96")],
    ),
    (
        "es",
        "A/HRC/RES/90/2",
        "Decide convocar, en su 92º período de sesiones, una mesa redonda sobre los faros;",
        [("meeting", "HRC92")],
    ),
    (
        "es",
        "A/HRC/RES/90/2",
        "Decide seguir examinando la cuestión de conformidad con su programa de trabajo anual;",
        [],
    ),
    (
        "es",
        "A/RES/90/7",
        "Invita a todos los Estados a observar el 26 de septiembre de cada año el Día Internacional de los Faros;",
        [("observance", "R/--09-26")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Decide que el Grupo de Trabajo celebre un período de sesiones de una semana en el primer semestre de 2036;",
        [("meeting", "2036-01/2036-06")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Aguarda con interés la conferencia, que tendrá lugar en Lisboa del 5 al 7 de junio de 2036;",
        [("meeting", "2036-06-05/2036-06-07")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Pide a los Estados que presenten sus opiniones a más tardar el 30 de abril de 2036;",
        [("report", "../2036-04-30")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "постановляет рассмотреть этот вопрос на своей девяносто второй сессии;",
        [("agenda", "GA92")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "просит Генерального секретаря представить Генеральной Ассамблее на ее девяносто первой сессии "
        "доклад об осуществлении настоящей резолюции;",
        [("report", "GA91")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "постановляет включить в предварительную повестку дня своей девяносто третьей сессии по пункту, "
        "озаглавленному «Устойчивое развитие», подпункт, озаглавленный «Маяки»;",
        [("agenda", "GA93")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "просит Генерального секретаря доложить ей на ее девяносто второй сессии об осуществлении настоящей резолюции;",
        [("report", "GA92")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "постановляет, что совещание высокого уровня состоится 28 и 29 сентября 2036 года;",
        [("meeting", "2036-09-28/2036-09-29")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "призывает к 2040 году покончить с темнотой;",
        [("deadline", "../2040-12-31")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "постановляет, что меры, введенные в пункте 4, остаются в силе до 31 июля 2036 года;",
        [("mandate", "../2036-07-31")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "постановляет продлить мандат Сил до 31 января 2037 года;",
        [("mandate", "../2037-01-31")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "просит Генерального секретаря представлять доклады каждые три месяца;",
        [("report", "R/P3M")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "просит Группу экспертов представить Совету промежуточный доклад не позднее 15 марта 2036 года и "
        "заключительный доклад не позднее 15 июня 2036 года;",
        [("report", "../2036-03-15"), ("report", "../2036-06-15")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "заявляет о своем намерении провести обзор мандата до 15 марта 2036 года;",
        [("review", "../2036-03-15")],
    ),
    (
        "ru",
        "A/HRC/RES/90/2",
        "просит Управление Верховного комиссара представить доклад Совету по правам человека на его "
        "девяносто шестой сессии;",
        [("report", "HRC96")],
    ),
    (
        "ru",
        "A/HRC/RES/90/2",
        "постановляет провести на своей девяносто второй сессии дискуссионный форум по вопросу о маяках;",
        [("meeting", "HRC92")],
    ),
    (
        "ru",
        "A/HRC/RES/90/2",
        "постановляет продлить на три года мандат Специального докладчика;",
        [("mandate", "adoption+P3Y")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "предлагает всем государствам ежегодно отмечать 26 сентября Международный день маяков;",
        [("observance", "R/--09-26")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "с интересом ожидает конференции, которая пройдет в Лиссабоне 5–7 июня 2036 года;",
        [("meeting", "2036-06-05/2036-06-07")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "просит государства-члены представить свои мнения не позднее 30 апреля 2036 года;",
        [("report", "../2036-04-30")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "постановляет вновь рассмотреть этот вопрос на своей девяносто четвертой сессии в 2039 году;",
        [("agenda", "GA94")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تقرر أن تنظر في هذه المسألة في دورتها الثانية والتسعين؛",
        [("agenda", "GA92")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تطلب إلى الأمين العام أن يقدم إليها في دورتها الحادية والتسعين تقريرا عن تنفيذ هذا القرار؛",
        [("report", "GA91")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تقرر أن تدرج في جدول الأعمال المؤقت لدورتها الثالثة والتسعين، في إطار البند المعنون ”التنمية "
        "المستدامة“، البند الفرعي المعنون ”المنارات“؛",
        [("agenda", "GA93")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تقرر أن يعقد الاجتماع الرفيع المستوى يومي 28 و 29 أيلول/سبتمبر 2036؛",
        [("meeting", "2036-09-28/2036-09-29")],
    ),
    (
        "ar",
        "S/RES/3901 (2035)",
        "يقرر أن تظل التدابير المفروضة في الفقرة 4 سارية حتى 31 تموز/يوليه 2036؛",
        [("mandate", "../2036-07-31")],
    ),
    (
        "ar",
        "S/RES/3901 (2035)",
        "يقرر تمديد ولاية القوة حتى 31 كانون الثاني/يناير 2037؛",
        [("mandate", "../2037-01-31")],
    ),
    (
        "ar",
        "S/RES/3901 (2035)",
        "يطلب إلى الأمين العام أن يقدم تقارير إلى المجلس كل ثلاثة أشهر؛",
        [("report", "R/P3M")],
    ),
    (
        "ar",
        "S/RES/3901 (2035)",
        "يطلب إلى فريق الخبراء أن يقدم إلى المجلس تقريرا مؤقتا في موعد أقصاه 15 آذار/مارس 2036 وتقريرا "
        "نهائيا في موعد أقصاه 15 حزيران/يونيه 2036؛",
        [("report", "../2036-03-15"), ("report", "../2036-06-15")],
    ),
    (
        "ar",
        "S/RES/3901 (2035)",
        "يعرب عن اعتزامه استعراض الولاية قبل 15 آذار/مارس 2036؛",
        [("review", "../2036-03-15")],
    ),
    (
        "ar",
        "A/HRC/RES/90/2",
        "يطلب إلى المفوضية أن تقدم إلى مجلس حقوق الإنسان تقريرا في دورته السادسة والتسعين؛",
        [("report", "HRC96")],
    ),
    (
        "ar",
        "A/HRC/RES/90/2",
        "يقرر أن يعقد في دورته الثانية والتسعين حلقة نقاش بشأن المنارات؛",
        [("meeting", "HRC92")],
    ),
    (
        "ar",
        "A/HRC/RES/90/2",
        "يقرر تمديد ولاية المقررة الخاصة لمدة ثلاث سنوات؛",
        [("mandate", "adoption+P3Y")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تدعو جميع الدول إلى الاحتفال في 26 أيلول/سبتمبر من كل عام باليوم الدولي للمنارات؛",
        [("observance", "R/--09-26")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تتطلع إلى المؤتمر الذي سيعقد في لشبونة في الفترة من 5 إلى 7 حزيران/يونيه 2036؛",
        [("meeting", "2036-06-05/2036-06-07")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تطلب إلى الدول الأعضاء أن تقدم آراءها في موعد أقصاه 30 نيسان/أبريل 2036؛",
        [("report", "../2036-04-30")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تقرر عقد الدورة الثانية للجنة التحضيرية في نيويورك في الفترة من 3 إلى 7 شباط/فبراير 2036؛",
        [("meeting", "2036-02-03/2036-02-07")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "决定在其第九十二届会议上审议这一问题；",
        [("agenda", "GA92")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "请秘书长在第九十一届会议上向大会提交报告，说明本决议的执行情况；",
        [("report", "GA91")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "决定将题为“灯塔”的分项列入大会第九十三届会议临时议程题为“可持续发展”的项目下；",
        [("agenda", "GA93")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "决定在大会第九十三届会议临时议程题为“可持续发展”的项目下列入题为“灯塔”的分项；",
        [("agenda", "GA93")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "决定高级别会议将于2036年9月28日和29日举行；",
        [("meeting", "2036-09-28/2036-09-29")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "决定第4段规定的措施继续有效，至2036年7月31日为止；",
        [("mandate", "../2036-07-31")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "决定将部队的任务期限延至2037年1月31日；",
        [("mandate", "../2037-01-31")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "请秘书长每三个月向安理会报告一次；",
        [("report", "R/P3M")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "请专家小组至迟于2036年3月15日向安理会提交临时报告，并至迟于2036年6月15日提交最后报告；",
        [("report", "../2036-03-15"), ("report", "../2036-06-15")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "表示打算在2036年3月15日之前审查任务规定；",
        [("review", "../2036-03-15")],
    ),
    (
        "zh",
        "A/HRC/RES/90/2",
        "请人权事务高级专员办事处向人权理事会第九十六届会议提交报告；",
        [("report", "HRC96")],
    ),
    (
        "zh",
        "A/HRC/RES/90/2",
        "决定在第九十二届会议上举行一次灯塔问题小组讨论会；",
        [("meeting", "HRC92")],
    ),
    (
        "zh",
        "A/HRC/RES/90/2",
        "决定将特别报告员的任务期限再延长三年；",
        [("mandate", "adoption+P3Y")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "邀请所有国家在每年9月26日纪念国际灯塔日；",
        [("observance", "R/--09-26")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "期待定于2036年6月5日至7日在里斯本举行的会议；",
        [("meeting", "2036-06-05/2036-06-07")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "请会员国至迟于2036年4月30日提交意见；",
        [("report", "../2036-04-30")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "请秘书长就本决议的执行情况向大会第九十二届会议提出报告；",
        [("report", "GA92")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "决定继续在第九十二届会议上审议题为“灯塔”的项目；",
        [("agenda", "GA92")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "决定在2037年召开一次高级别会议；",
        [("meeting", "2037")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "强调需要到2040年消除黑暗；",
        [("deadline", "../2040-12-31")],
    ),
    (
        "fr",
        "A/RES/90/7",
        "Décide d’examiner la question à sa quatre-vingt-douzième session ;",
        [("agenda", "GA92")],
    ),
    (
        "fr",
        "A/HRC/RES/90/2",
        "Décide d’organiser, à sa quatre-vingt-douzième session, une réunion-débat sur les phares ;",
        [("meeting", "HRC92")],
    ),
    (
        "fr",
        "S/RES/3901 (2035)",
        "Déclare son intention de réexaminer le mandat avant le 15 mars 2036 ;",
        [("review", "../2036-03-15")],
    ),
    (
        "fr",
        "S/RES/3901 (2035)",
        "Prie le Groupe d’experts de lui remettre un rapport d’étape au plus tard le 15 mars 2036 et un "
        "rapport final au plus tard le 15 juin 2036 ;",
        [("report", "../2036-03-15"), ("report", "../2036-06-15")],
    ),
    (
        "fr",
        "A/RES/90/7",
        "Invite tous les États à célébrer le 26 septembre de chaque année la Journée internationale des phares ;",
        [("observance", "R/--09-26")],
    ),
    (
        "fr",
        "A/RES/90/7",
        "Prie les États Membres de communiquer leurs vues avant le 30 avril 2036 ;",
        [("report", "../2036-04-30")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "просит Генерального секретаря представить Генеральной Ассамблее на ее девяносто второй сессии "
        "доклад об осуществлении настоящей резолюции и постановляет включить в предварительную повестку дня "
        "своей девяносто второй сессии по пункту, озаглавленному «Устойчивое развитие», подпункт, "
        "озаглавленный «Маяки».",
        [("report", "GA92"), ("agenda", "GA92")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "постановляет провести в 2037 году однодневное совещание высокого уровня по маякам;",
        [("meeting", "2037")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "постановляет, что пятнадцатый Конгресс состоится в 2036 году;",
        [("meeting", "2036")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "уполномочивает государства-члены в течение 12 месяцев с даты принятия настоящей резолюции досматривать суда;",
        [("mandate", "adoption+P12M")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "просит Комитет представить доклад в течение 60 дней;",
        [("report", "adoption+P60D")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "предлагает Комиссии по положению женщин рассмотреть этот вопрос на ее восемьдесят первой сессии;",
        [("agenda", "CSW81")],
    ),
    (
        "ru",
        "A/RES/90/7",
        "призывает государства-члены до конца 2036 года ратифицировать Конвенцию;",
        [("deadline", "../2036-12-31")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "просит Генерального секретаря представить до 1 мая 2036 года письменный доклад и каждые 60 дней "
        "информировать Совет об осуществлении настоящей резолюции;",
        [("report", "../2036-05-01"), ("report", "R/P60D")],
    ),
    (
        "ru",
        "A/HRC/RES/90/2",
        "просит Верховного комиссара представить Совету на его девяносто третьей сессии устный доклад, а на "
        "его девяносто пятой сессии — всеобъемлющий доклад;",
        [("report", "HRC93"), ("report", "HRC95")],
    ),
    (
        "ru",
        "A/HRC/RES/90/2",
        "постановляет продлить мандат Независимого эксперта еще на один год;",
        [("mandate", "adoption+P1Y")],
    ),
    (
        "ru",
        "S/RES/3901 (2035)",
        "постановляет продлить до 30 июня 2036 года срок действия мер, введенных в пункте 5;",
        [("mandate", "../2036-06-30")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Solicita al Secretario General que le presente, en su nonagésimo segundo período de sesiones, un "
        "informe sobre la aplicación de la presente resolución, y decide incluir en el programa provisional "
        "de su nonagésimo segundo período de sesiones, en relación con el tema titulado “Desarrollo "
        "sostenible”, el subtema titulado “Faros”.",
        [("report", "GA92"), ("agenda", "GA92")],
    ),
    (
        "es",
        "S/RES/3901 (2035)",
        "Autoriza a los Estados Miembros a que, por un período de 12 meses a partir de la fecha de "
        "aprobación de la presente resolución, inspeccionen los buques;",
        [("mandate", "adoption+P12M")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Decide que el Congreso se celebre en 2036;",
        [("meeting", "2036")],
    ),
    (
        "es",
        "S/RES/3901 (2035)",
        "Solicita al Grupo de Expertos que, a más tardar el 28 de febrero de 2036, presente al Comité un informe;",
        [("report", "../2036-02-28")],
    ),
    (
        "es",
        "A/HRC/RES/90/2",
        "Solicita al Alto Comisionado que le presente una actualización oral en su 93er período de sesiones "
        "y un informe exhaustivo en su 95º período de sesiones;",
        [("report", "HRC93"), ("report", "HRC95")],
    ),
    (
        "es",
        "A/HRC/RES/90/2",
        "Decide prorrogar el mandato del Experto Independiente por un período de un año;",
        [("mandate", "adoption+P1Y")],
    ),
    (
        "es",
        "S/RES/3901 (2035)",
        "Decide prorrogar hasta el 30 de junio de 2036 las medidas impuestas en el párrafo 5;",
        [("mandate", "../2036-06-30")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Invita a los Estados Miembros a que ratifiquen la Convención antes de que termine 2036;",
        [("deadline", "../2036-12-31")],
    ),
    (
        "es",
        "A/RES/90/7",
        "Decide convocar una reunión de alto nivel de un día de duración durante su nonagésimo segundo "
        "período de sesiones;",
        [("meeting", "GA92")],
    ),
    (
        "es",
        "S/RES/3901 (2035)",
        "Pide al Secretario General que, a más tardar el 1 de mayo de 2036, presente un informe por escrito "
        "y que cada 60 días informe al Consejo;",
        [("report", "../2036-05-01"), ("report", "R/P60D")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تطلب إلى الأمين العام أن يقدم إليها في دورتها الثانية والتسعين تقريرا عن تنفيذ هذا القرار، وتقرر أن "
        "تدرج في جدول الأعمال المؤقت لدورتها الثانية والتسعين، في إطار البند المعنون ”التنمية المستدامة“، "
        "البند الفرعي المعنون ”المنارات“.",
        [("report", "GA92"), ("agenda", "GA92")],
    ),
    (
        "ar",
        "S/RES/3901 (2035)",
        "يأذن للدول الأعضاء، لفترة 12 شهرا من تاريخ اتخاذ هذا القرار، بتفتيش السفن؛",
        [("mandate", "adoption+P12M")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تقرر أن يعقد المؤتمر في عام 2036؛",
        [("meeting", "2036")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تقرر عقد اجتماع رفيع المستوى ليوم واحد خلال دورتها الثانية والتسعين؛",
        [("meeting", "GA92")],
    ),
    (
        "ar",
        "A/HRC/RES/90/2",
        "يطلب إلى الفريق العامل أن يجتمع لمدة خمسة أيام في عام 2036؛",
        [("meeting", "2036")],
    ),
    (
        "ar",
        "A/HRC/RES/90/2",
        "يطلب إلى المفوض السامي أن يقدم إلى المجلس تحديثا شفويا في دورته الثالثة والتسعين وتقريرا شاملا في "
        "دورته الخامسة والتسعين؛",
        [("report", "HRC93"), ("report", "HRC95")],
    ),
    (
        "ar",
        "A/HRC/RES/90/2",
        "يقرر تمديد ولاية الخبير المستقل لفترة سنة واحدة؛",
        [("mandate", "adoption+P1Y")],
    ),
    (
        "ar",
        "S/RES/3901 (2035)",
        "يقرر أن يمدد حتى 30 حزيران/يونيه 2036 التدابير المفروضة بموجب الفقرة 5؛",
        [("mandate", "../2036-06-30")],
    ),
    (
        "ar",
        "S/RES/3901 (2035)",
        "يطلب إلى الأمين العام أن يقدم بحلول 1 أيار/مايو 2036 تقريرا خطيا وأن يقدم إحاطة إلى المجلس كل 60 يوما؛",
        [("report", "../2036-05-01"), ("report", "R/P60D")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تدعو الدول الأعضاء إلى التصديق على الاتفاقية قبل نهاية عام 2036؛",
        [("deadline", "../2036-12-31")],
    ),
    (
        "ar",
        "A/RES/90/7",
        "تدعو لجنة وضع المرأة إلى النظر في هذه المسألة في دورتها الحادية والثمانين؛",
        [("agenda", "CSW81")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "请秘书长向大会第九十二届会议报告本决议的执行情况，并决定在第九十二届会议临时议程题为“可持续发展”的项目下列入题为“灯塔”的分项。",
        [("report", "GA92"), ("agenda", "GA92")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "授权会员国自本决议通过之日起12个月内检查船只；",
        [("mandate", "adoption+P12M")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "决定会议将于2036年举行；",
        [("meeting", "2036")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "决定在大会第九十二届会议期间举行为期一天的高级别会议；",
        [("meeting", "GA92")],
    ),
    (
        "zh",
        "E/RES/2036/4",
        "决定妇女地位委员会第八十一届会议将于2037年3月8日至19日举行；",
        [("meeting", "2037-03-08/2037-03-19")],
    ),
    (
        "zh",
        "A/HRC/RES/90/2",
        "请高级专员向理事会第九十三届会议作口头更新，并向第九十五届会议提交全面报告；",
        [("report", "HRC93"), ("report", "HRC95")],
    ),
    (
        "zh",
        "A/HRC/RES/90/2",
        "决定将独立专家的任务期限延长一年；",
        [("mandate", "adoption+P1Y")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "决定将第5段规定的措施延长至2036年6月30日；",
        [("mandate", "../2036-06-30")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "请秘书长在2036年5月1日之前提交书面报告，并每60天向安理会通报情况；",
        [("report", "../2036-05-01"), ("report", "R/P60D")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "邀请会员国在2036年年底之前批准《公约》；",
        [("deadline", "../2036-12-31")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "邀请妇女地位委员会第八十一届会议审议这一问题；",
        [("agenda", "CSW81")],
    ),
    (
        "zh",
        "S/RES/3901 (2035)",
        "请秘书长至迟在本决议通过后60天内提交报告；",
        [("report", "adoption+P60D")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "又请秘书长向大会第九十二届会议提交一份关于本决议执行情况的报告；",
        [("report", "GA92")],
    ),
    (
        "zh",
        "A/RES/90/7",
        "赞赏地注意到2034年5月在里斯本举行的会议；",
        [],
    ),
]


@pytest.mark.parametrize(
    ("language", "symbol", "sentence", "items"), PHRASES, ids=[f"{row[0]} {row[2][:40]}" for row in PHRASES]
)
def test_a_phrase(language: Language, symbol: str, sentence: str, items: list[tuple[str, str]]) -> None:
    assert dated(sentence, symbol=symbol, language=language) == items
