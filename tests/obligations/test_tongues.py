"""The forms in which resolutions write time, said in each of the six languages: what they schedule is the same.

The sentences are our own; the forms are those counted in real resolutions, numbered as in the reference of the field.
"""

import pytest

from app.model import Language
from tests.obligations.sample import dated

Items = list[tuple[str, str]]
GA, SC, HRC, ECOSOC = "A/RES/90/7", "S/RES/3901 (2035)", "A/HRC/RES/90/2", "E/RES/2036/4"

FORMS: list[tuple[str, str, Items, dict[Language, str]]] = [
    (
        "01 a day",
        GA,
        [("meeting", "2036-05-14")],
        {
            "en": "Decides to convene a meeting on lighthouses on 14 May 2036;",
            "fr": "Décide de convoquer une réunion sur les phares le 14 mai 2036 ;",
            "es": "Decide convocar una reunión sobre los faros el 14 de mayo de 2036;",
            "ru": "постановляет созвать 14 мая 2036 года совещание по маякам;",
            "ar": "تقرر عقد اجتماع بشأن المنارات في 14 أيار/مايو 2036؛",
            "zh": "决定于2036年5月14日召开灯塔问题会议；",
        },
    ),
    (
        "02 a citation",
        GA,
        [],
        {
            "en": "Recalls its resolution 88/12 of 4 December 2033;",
            "fr": "Rappelle sa résolution 88/12 du 4 décembre 2033 ;",
            "es": "Recuerda su resolución 88/12, de 4 de diciembre de 2033;",
            "ru": "ссылается на свою резолюцию 88/12 от 4 декабря 2033 года;",
            "ar": "تشير إلى قرارها 88/12 المؤرخ 4 كانون الأول/ديسمبر 2033؛",
            "zh": "回顾其2033年12月4日第88/12号决议；",
        },
    ),
    (
        "03 a range",
        GA,
        [("meeting", "2037-06-15/2037-06-17")],
        {
            "en": "Decides to convene in Geneva, from 15 to 17 June 2037, a conference on lighthouses;",
            "fr": "Décide de convoquer à Genève, du 15 au 17 juin 2037, une conférence sur les phares ;",
            "es": "Decide convocar en Ginebra, del 15 al 17 de junio de 2037, una conferencia sobre los faros;",
            "ru": "постановляет созвать в Женеве с 15 по 17 июня 2037 года конференцию по маякам;",
            "ar": "تقرر أن تعقد في جنيف، في الفترة من 15 إلى 17 حزيران/يونيه 2037، مؤتمرا بشأن المنارات؛",
            "zh": "决定于2037年6月15日至17日在日内瓦召开灯塔问题会议；",
        },
    ),
    (
        "04 a month",
        GA,
        [("meeting", "2036-05")],
        {
            "en": "Looks forward to the second forum on lighthouses, to be held in Doha in May 2036;",
            "fr": "Attend avec intérêt le deuxième forum sur les phares, qui se tiendra à Doha en mai 2036 ;",
            "es": "Aguarda con interés el segundo foro sobre los faros, que se celebrará en Doha en mayo de 2036;",
            "ru": "с интересом ожидает второго форума по маякам, который состоится в Дохе в мае 2036 года;",
            "ar": "تتطلع إلى المنتدى الثاني المعني بالمنارات، المقرر عقده في الدوحة في أيار/مايو 2036؛",
            "zh": "期待将于2036年5月在多哈举行的第二次灯塔论坛；",
        },
    ),
    (
        "05 by a year",
        GA,
        [("deadline", "../2040-12-31")],
        {
            "en": "Calls upon Member States to light all their coasts by 2040;",
            "fr": "Engage les États Membres à éclairer toutes leurs côtes d’ici à 2040 ;",
            "es": "Exhorta a los Estados Miembros a iluminar todas sus costas para 2040;",
            "ru": "призывает государства-члены к 2040 году осветить все свои берега;",
            "ar": "تهيب بالدول الأعضاء أن تنير جميع سواحلها بحلول عام 2040؛",
            "zh": "促请会员国到2040年照亮所有海岸；",
        },
    ),
    (
        "05 before the end of a year",
        GA,
        [("deadline", "../2038-12-31")],
        {
            "en": "Calls upon Member States to complete their inventories before the end of 2038;",
            "fr": "Engage les États Membres à achever leurs inventaires avant la fin de 2038 ;",
            "es": "Exhorta a los Estados Miembros a que completen sus inventarios antes de que finalice 2038;",
            "ru": "призывает государства-члены завершить составление перечней до конца 2038 года;",
            "ar": "تهيب بالدول الأعضاء إكمال قوائم الجرد قبل نهاية عام 2038؛",
            "zh": "促请会员国在2038年年底前完成清查；",
        },
    ),
    (
        "06 a decade",
        GA,
        [("observance", "2041/2050")],
        {
            "en": "Proclaims the period 2041–2050 the United Nations Decade of Safe Coasts;",
            "fr": "Proclame la période 2041-2050 Décennie des Nations Unies pour des côtes sûres ;",
            "es": "Proclama el período 2041-2050 Decenio de las Naciones Unidas de las Costas Seguras;",
            "ru": "провозглашает период 2041–2050 годов Десятилетием безопасных берегов Организации Объединенных "
            "Наций;",
            "ar": "تعلن الفترة 2041-2050 عقد الأمم المتحدة للسواحل الآمنة؛",
            "zh": "宣布2041-2050年为联合国安全海岸十年；",
        },
    ),
    (
        "07 a day of every year",
        GA,
        [("observance", "R/--05-26")],
        {
            "en": "Decides to proclaim 26 May of each year International Day of Lighthouses;",
            "fr": "Décide de proclamer le 26 mai de chaque année Journée internationale des phares ;",
            "es": "Decide proclamar el 26 de mayo de cada año Día Internacional de los Faros;",
            "ru": "постановляет провозгласить 26 мая каждого года Международным днем маяков;",
            "ar": "تقرر إعلان يوم 26 أيار/مايو من كل عام يوما دوليا للمنارات؛",
            "zh": "决定宣布每年5月26日为国际灯塔日；",
        },
    ),
    (
        "08 a session",
        GA,
        [("report", "GA91")],
        {
            "en": "Requests the Secretary-General to submit to the General Assembly at its ninety-first session a "
            "report "
            "on lighthouses;",
            "fr": "Prie le Secrétaire général de présenter à l’Assemblée générale, à sa quatre-vingt-onzième session, "
            "un rapport sur les phares ;",
            "es": "Solicita al Secretario General que le presente, en su nonagésimo primer período de sesiones, un "
            "informe sobre los faros;",
            "ru": "просит Генерального секретаря представить Генеральной Ассамблее на ее девяносто первой сессии "
            "доклад "
            "о маяках;",
            "ar": "تطلب إلى الأمين العام أن يقدم إلى الجمعية العامة في دورتها الحادية والتسعين تقريرا عن المنارات؛",
            "zh": "请秘书长向大会第九十一届会议提出关于灯塔的报告；",
        },
    ),
    (
        "08 two sessions",
        GA,
        [("report", "GA92"), ("report", "GA93")],
        {
            "en": "Requests the Secretary-General to submit progress reports to the General Assembly at its "
            "ninety-second and ninety-third sessions;",
            "fr": "Prie le Secrétaire général de présenter des rapports d’étape à l’Assemblée générale à ses "
            "quatre-vingt-douzième et quatre-vingt-treizième sessions ;",
            "es": "Solicita al Secretario General que presente a la Asamblea General informes sobre la marcha de los "
            "trabajos en sus períodos de sesiones nonagésimo segundo y nonagésimo tercero;",
            "ru": "просит Генерального секретаря представить Генеральной Ассамблее на ее девяносто второй и девяносто "
            "третьей сессиях доклады о ходе работы;",
            "ar": "تطلب إلى الأمين العام أن يقدم إلى الجمعية العامة في دورتيها الثانية والتسعين والثالثة والتسعين "
            "تقريرين مرحليين؛",
            "zh": "请秘书长向大会第九十二届和第九十三届会议提交进度报告；",
        },
    ),
    (
        "09 on the provisional agenda",
        GA,
        [("agenda", "GA91")],
        {
            "en": "Decides to include in the provisional agenda of its ninety-first session the item entitled "
            "“Lighthouses”;",
            "fr": "Décide d’inscrire à l’ordre du jour provisoire de sa quatre-vingt-onzième session la question "
            "intitulée « Phares » ;",
            "es": "Decide incluir en el programa provisional de su nonagésimo primer período de sesiones el tema "
            "titulado “Faros”;",
            "ru": "постановляет включить в предварительную повестку дня своей девяносто первой сессии пункт, "
            "озаглавленный «Маяки»;",
            "ar": "تقرر أن تدرج في جدول الأعمال المؤقت لدورتها الحادية والتسعين البند المعنون ”المنارات“؛",
            "zh": "决定将题为“灯塔”的项目列入大会第九十一届会议临时议程；",
        },
    ),
    (
        "10 the next session",
        GA,
        [("agenda", "GA91")],
        {
            "en": "Decides to continue its consideration of the question at its next session;",
            "fr": "Décide de poursuivre l’examen de la question à sa prochaine session ;",
            "es": "Decide continuar el examen de la cuestión en su próximo período de sesiones;",
            "ru": "постановляет продолжить рассмотрение этого вопроса на своей следующей сессии;",
            "ar": "تقرر أن تواصل النظر في المسألة في دورتها المقبلة؛",
            "zh": "决定在下届会议上继续审议这一问题；",
        },
    ),
    (
        "11 a part of a session",
        GA,
        [("report", "GA92/main")],
        {
            "en": "Requests the Secretary-General to report at the main part of the ninety-second session of the "
            "General Assembly;",
            "fr": "Prie le Secrétaire général de faire rapport à l’Assemblée générale à la partie principale de sa "
            "quatre-vingt-douzième session ;",
            "es": "Solicita al Secretario General que le informe al respecto en la parte principal de su nonagésimo "
            "segundo período de sesiones;",
            "ru": "просит Генерального секретаря представить Генеральной Ассамблее доклад в ходе основной части ее "
            "девяносто второй сессии;",
            "ar": "تطلب إلى الأمين العام أن يقدم إلى الجمعية العامة تقريرا في الجزء الرئيسي من دورتها الثانية "
            "والتسعين؛",
            "zh": "请秘书长向大会第九十二届会议主要会期提出报告；",
        },
    ),
    (
        "12 every year",
        GA,
        [("report", "R/P1Y")],
        {
            "en": "Requests the Secretary-General to report to the General Assembly every year;",
            "fr": "Prie le Secrétaire général de faire rapport chaque année à l’Assemblée générale ;",
            "es": "Solicita al Secretario General que presente anualmente un informe a la Asamblea General;",
            "ru": "просит Генерального секретаря ежегодно представлять доклад Генеральной Ассамблее;",
            "ar": "تطلب إلى الأمين العام أن يقدم سنويا تقريرا إلى الجمعية العامة؛",
            "zh": "请秘书长每年向大会提出报告；",
        },
    ),
    (
        "13 every two years from a session on",
        GA,
        [("report", "GA94;R/P2Y")],
        {
            "en": "Requests the Secretary-General to report to the General Assembly every two years, starting at its "
            "ninety-fourth session;",
            "fr": "Prie le Secrétaire général de faire rapport à l’Assemblée générale tous les deux ans, à compter de "
            "sa quatre-vingt-quatorzième session ;",
            "es": "Solicita al Secretario General que presente un informe a la Asamblea General cada dos años, a "
            "partir de su nonagésimo cuarto período de sesiones;",
            "ru": "просит Генерального секретаря представлять Генеральной Ассамблее доклад раз в два года начиная с ее "
            "девяносто четвертой сессии;",
            "ar": "تطلب إلى الأمين العام أن يقدم إلى الجمعية العامة تقريرا كل سنتين، ابتداء من دورتها الرابعة "
            "والتسعين؛",
            "zh": "请秘书长自大会第九十四届会议起每两年提出一次报告；",
        },
    ),
    (
        "14 every ninety days",
        SC,
        [("report", "R/P90D")],
        {
            "en": "Requests the Secretary-General to report to the Security Council every 90 days;",
            "fr": "Prie le Secrétaire général de lui faire rapport tous les 90 jours ;",
            "es": "Solicita al Secretario General que le presente un informe cada 90 días;",
            "ru": "просит Генерального секретаря представлять Совету Безопасности доклад каждые 90 дней;",
            "ar": "يطلب إلى الأمين العام أن يقدم إلى مجلس الأمن تقريرا كل 90 يوما؛",
            "zh": "请秘书长每90天向安全理事会提出报告；",
        },
    ),
    (
        "14 every six months",
        SC,
        [("report", "R/P6M")],
        {
            "en": "Requests the Secretary-General to report to the Security Council every six months;",
            "fr": "Prie le Secrétaire général de lui faire rapport tous les six mois ;",
            "es": "Solicita al Secretario General que le presente un informe cada seis meses;",
            "ru": "просит Генерального секретаря представлять Совету Безопасности доклады каждые шесть месяцев;",
            "ar": "يطلب إلى الأمين العام أن يقدم إلى مجلس الأمن تقريرا كل ستة أشهر؛",
            "zh": "请秘书长每六个月向安全理事会提交报告；",
        },
    ),
    (
        "15 no later than a day",
        SC,
        [("report", "../2036-06-30")],
        {
            "en": "Requests the Secretary-General to submit a report no later than 30 June 2036;",
            "fr": "Prie le Secrétaire général de lui présenter un rapport au plus tard le 30 juin 2036 ;",
            "es": "Solicita al Secretario General que le presente un informe a más tardar el 30 de junio de 2036;",
            "ru": "просит Генерального секретаря представить доклад не позднее 30 июня 2036 года;",
            "ar": "يطلب إلى الأمين العام أن يقدم تقريرا في موعد أقصاه 30 حزيران/يونيه 2036؛",
            "zh": "请秘书长至迟于2036年6月30日提交报告；",
        },
    ),
    (
        "16 within thirty days of the adoption",
        SC,
        [("report", "adoption+P30D")],
        {
            "en": "Requests the Secretary-General to report to the Council within 30 days of the adoption of this "
            "resolution;",
            "fr": "Prie le Secrétaire général de lui faire rapport dans les 30 jours suivant l’adoption de la présente "
            "résolution ;",
            "es": "Solicita al Secretario General que le presente un informe en un plazo de 30 días a partir de la "
            "aprobación de la presente resolución;",
            "ru": "просит Генерального секретаря представить Совету доклад в течение 30 дней с даты принятия настоящей "
            "резолюции;",
            "ar": "يطلب إلى الأمين العام أن يقدم إلى المجلس تقريرا في غضون 30 يوما من اتخاذ هذا القرار؛",
            "zh": "请秘书长在本决议通过后30天内向安理会提出报告；",
        },
    ),
    (
        "17 before the expiry",
        SC,
        [("report", "expiry-P30D")],
        {
            "en": "Requests the Secretary-General to submit a report no later than 30 days before the expiry of the "
            "mandate;",
            "fr": "Prie le Secrétaire général de lui présenter un rapport 30 jours au moins avant l’expiration du "
            "mandat ;",
            "es": "Solicita al Secretario General que le presente un informe al menos 30 días antes de la expiración "
            "del mandato;",
            "ru": "просит Генерального секретаря представить доклад не позднее чем за 30 дней до истечения срока "
            "действия мандата;",
            "ar": "يطلب إلى الأمين العام أن يقدم تقريرا قبل انتهاء الولاية بثلاثين يوما على الأقل؛",
            "zh": "请秘书长至迟在任务期限届满前30天提交报告；",
        },
    ),
    (
        "18 a mandate until a day",
        SC,
        [("mandate", "../2036-11-15")],
        {
            "en": "Decides to extend until 15 November 2036 the mandate of the Mission in Valdora;",
            "fr": "Décide de proroger jusqu’au 15 novembre 2036 le mandat de la Mission en Valdorie ;",
            "es": "Decide prorrogar hasta el 15 de noviembre de 2036 el mandato de la Misión en Valdoria;",
            "ru": "постановляет продлить до 15 ноября 2036 года мандат Миссии в Валдории;",
            "ar": "يقرر تمديد ولاية البعثة في فالدوريا حتى 15 تشرين الثاني/نوفمبر 2036؛",
            "zh": "决定将瓦尔多里亚特派团的任务期限延长至2036年11月15日；",
        },
    ),
    (
        "19 for six months, until a day",
        SC,
        [("mandate", "../2036-05-31")],
        {
            "en": "Decides to extend the mandate of the Mission for a period of six months, until 31 May 2036;",
            "fr": "Décide de proroger le mandat de la Mission pour une période de six mois, jusqu’au 31 mai 2036 ;",
            "es": "Decide prorrogar el mandato de la Misión por un período de seis meses, hasta el 31 de mayo de 2036;",
            "ru": "постановляет продлить мандат Миссии на период в шесть месяцев, до 31 мая 2036 года;",
            "ar": "يقرر تمديد ولاية البعثة لفترة ستة أشهر، حتى 31 أيار/مايو 2036؛",
            "zh": "决定将特派团的任务期限延长六个月，至2036年5月31日；",
        },
    ),
    (
        "20 for three years",
        HRC,
        [("mandate", "adoption+P3Y")],
        {
            "en": "Decides to extend the mandate of the Special Rapporteur for a period of three years;",
            "fr": "Décide de proroger le mandat de la Rapporteuse spéciale pour une période de trois ans ;",
            "es": "Decide prorrogar el mandato de la Relatora Especial por un período de tres años;",
            "ru": "постановляет продлить мандат Специального докладчика на три года;",
            "ar": "يقرر تمديد ولاية المقررة الخاصة لفترة ثلاث سنوات؛",
            "zh": "决定将特别报告员的任务期限延长三年；",
        },
    ),
    (
        "20 for one year",
        HRC,
        [("mandate", "adoption+P1Y")],
        {
            "en": "Decides to extend the mandate of the Independent Expert for a period of one year;",
            "fr": "Décide de proroger d’un an le mandat de l’Expert indépendant ;",
            "es": "Decide prorrogar por un año el mandato del Experto Independiente;",
            "ru": "постановляет продлить мандат Независимого эксперта на один год;",
            "ar": "يقرر تمديد ولاية الخبير المستقل لمدة سنة واحدة؛",
            "zh": "决定将独立专家的任务期限延长一年；",
        },
    ),
    (
        "21 an end",
        SC,
        [("mandate", "2036-01-31")],
        {
            "en": "Decides that the mandate of the Team shall end on 31 January 2036;",
            "fr": "Décide que le mandat de l’Équipe prendra fin le 31 janvier 2036 ;",
            "es": "Decide que el mandato del Equipo terminará el 31 de enero de 2036;",
            "ru": "постановляет, что мандат Группы прекращается 31 января 2036 года;",
            "ar": "يقرر أن تنتهي ولاية الفريق في 31 كانون الثاني/يناير 2036؛",
            "zh": "决定小组的任务期限于2036年1月31日结束；",
        },
    ),
    (
        "24 an international year",
        GA,
        [("observance", "2037")],
        {
            "en": "Decides to declare 2037 the International Year of Lighthouses;",
            "fr": "Décide de proclamer 2037 Année internationale des phares ;",
            "es": "Decide proclamar 2037 Año Internacional de los Faros;",
            "ru": "постановляет провозгласить 2037 год Международным годом маяков;",
            "ar": "تقرر إعلان عام 2037 السنة الدولية للمنارات؛",
            "zh": "决定宣布2037年为国际灯塔年；",
        },
    ),
    (
        "26 a review at a session",
        GA,
        [("review", "GA95")],
        {
            "en": "Decides to review the implementation of the present resolution at its ninety-fifth session;",
            "fr": "Décide d’examiner l’application de la présente résolution à sa quatre-vingt-quinzième session ;",
            "es": "Decide examinar la aplicación de la presente resolución en su nonagésimo quinto período de "
            "sesiones;",
            "ru": "постановляет провести обзор осуществления настоящей резолюции на своей девяносто пятой сессии;",
            "ar": "تقرر أن تستعرض تنفيذ هذا القرار في دورتها الخامسة والتسعين؛",
            "zh": "决定在第九十五届会议上审查本决议的执行情况；",
        },
    ),
    (
        "27 a date to be decided",
        GA,
        [("meeting", "TBD")],
        {
            "en": "Decides that the conference shall be held on a date to be decided later;",
            "fr": "Décide que la conférence se tiendra à une date qui sera fixée ultérieurement ;",
            "es": "Decide que la conferencia se celebre en una fecha que se decidirá más adelante;",
            "ru": "постановляет, что конференция будет проведена в сроки, которые будут определены позднее;",
            "ar": "تقرر أن يعقد المؤتمر في موعد يحدد لاحقا؛",
            "zh": "决定会议的举行日期待定；",
        },
    ),
    (
        "28 no time",
        SC,
        [],
        {
            "en": "Decides to remain actively seized of the matter;",
            "fr": "Décide de rester activement saisi de la question ;",
            "es": "Decide seguir ocupándose activamente de la cuestión;",
            "ru": "постановляет продолжать активно заниматься этим вопросом;",
            "ar": "يقرر أن يبقي المسألة قيد نظره الفعلي؛",
            "zh": "决定继续积极处理此案；",
        },
    ),
    (
        "a commission's session",
        ECOSOC,
        [("report", "CSW81")],
        {
            "en": "Requests the Secretary-General to report to the Commission on the Status of Women at its "
            "eighty-first session;",
            "fr": "Prie le Secrétaire général de faire rapport à la Commission de la condition de la femme à sa "
            "quatre-vingt-unième session ;",
            "es": "Solicita al Secretario General que informe a la Comisión de la Condición Jurídica y Social de la "
            "Mujer en su 81er período de sesiones;",
            "ru": "просит Генерального секретаря представить доклад Комиссии по положению женщин на ее восемьдесят "
            "первой сессии;",
            "ar": "يطلب إلى الأمين العام أن يقدم تقريرا إلى لجنة وضع المرأة في دورتها الحادية والثمانين؛",
            "zh": "请秘书长向妇女地位委员会第八十一届会议提出报告；",
        },
    ),
    (
        "a session of a year",
        ECOSOC,
        [("report", "ECOSOC2037")],
        {
            "en": "Requests the Secretary-General to submit to the Council at its 2037 session a report on "
            "lighthouses;",
            "fr": "Prie le Secrétaire général de présenter au Conseil, à sa session de 2037, un rapport sur les "
            "phares ;",
            "es": "Solicita al Secretario General que presente al Consejo, en su período de sesiones de 2037, un "
            "informe "
            "sobre los faros;",
            "ru": "просит Генерального секретаря представить Совету на его сессии 2037 года доклад о маяках;",
            "ar": "يطلب إلى الأمين العام أن يقدم إلى المجلس في دورته لعام 2037 تقريرا عن المنارات؛",
            "zh": "请秘书长向理事会2037年届会提出关于灯塔的报告；",
        },
    ),
    (
        "followed by a dialogue",
        HRC,
        [("report", "HRC93"), ("meeting", "HRC93")],
        {
            "en": "Requests the High Commissioner to present to the Council at its ninety-third session an oral "
            "update, "
            "to be followed by an interactive dialogue;",
            "fr": "Prie le Haut-Commissaire de lui présenter oralement des informations actualisées à sa "
            "quatre-vingt-treizième session, qui seront suivies d’un dialogue ;",
            "es": "Solicita al Alto Comisionado que le presente en su 93er período de sesiones una actualización oral, "
            "que irá seguida de un diálogo interactivo;",
            "ru": "просит Верховного комиссара представить Совету на его девяносто третьей сессии устный доклад с "
            "последующим проведением интерактивного диалога;",
            "ar": "يطلب إلى المفوض السامي أن يقدم إلى المجلس في دورته الثالثة والتسعين تحديثا شفويا يعقبه حوار تفاعلي؛",
            "zh": "请高级专员向理事会第九十三届会议作口头更新，随后举行互动对话；",
        },
    ),
    (
        "a biennium's budget",
        GA,
        [("period", "2036/2037")],
        {
            "en": "Decides to appropriate 2 million dollars for the biennium 2036–2037;",
            "fr": "Décide d’ouvrir un crédit de 2 millions de dollars pour l’exercice biennal 2036-2037 ;",
            "es": "Decide consignar 2 millones de dólares para el bienio 2036-2037;",
            "ru": "постановляет ассигновать 2 млн. долл. США на двухгодичный период 2036–2037 годов;",
            "ar": "تقرر اعتماد مبلغ 2 مليون دولار لفترة السنتين 2036-2037؛",
            "zh": "决定为2036-2037两年期批款200万美元；",
        },
    ),
    (
        "a quarter",
        GA,
        [("meeting", "2036-10/2036-12")],
        {
            "en": "Decides to hold a workshop on lighthouses in the fourth quarter of 2036;",
            "fr": "Décide d’organiser un atelier sur les phares au quatrième trimestre de 2036 ;",
            "es": "Decide celebrar un taller sobre los faros en el cuarto trimestre de 2036;",
            "ru": "постановляет провести практикум по маякам в четвертом квартале 2036 года;",
            "ar": "تقرر عقد حلقة عمل بشأن المنارات في الربع الرابع من عام 2036؛",
            "zh": "决定于2036年第四季度举办灯塔讲习班；",
        },
    ),
    (
        "the past",
        GA,
        [],
        {
            "en": "Takes note of the report of the Secretary-General submitted to the General Assembly at its "
            "eighty-ninth session;",
            "fr": "Prend note du rapport que le Secrétaire général a présenté à l’Assemblée générale à sa "
            "quatre-vingt-neuvième session ;",
            "es": "Toma nota del informe del Secretario General presentado a la Asamblea General en su octogésimo "
            "noveno período de sesiones;",
            "ru": "принимает к сведению доклад Генерального секретаря, представленный Генеральной Ассамблее на ее "
            "восемьдесят девятой сессии;",
            "ar": "تحيط علما بتقرير الأمين العام المقدم إلى الجمعية العامة في دورتها التاسعة والثمانين؛",
            "zh": "表示注意到秘书长向大会第八十九届会议提交的报告；",
        },
    ),
    (
        "report at a session to a named body",
        GA,
        [("report", "GA93")],
        {
            "en": "Also requests the Secretary-General to report to the General Assembly at its ninety-third "
            "session on the implementation of the present resolution;",
            "fr": "Prie également le Secrétaire général de lui rendre compte à sa quatre-vingt-treizième session "
            "de l’application de la présente résolution ;",
            "es": "Solicita también al Secretario General que la informe en su nonagésimo tercer período de "
            "sesiones sobre la aplicación de la presente resolución;",
            "ru": "просит также Генерального секретаря представить Генеральной Ассамблее на ее девяносто третьей "
            "сессии доклад об осуществлении настоящей резолюции;",
            "ar": "تطلب أيضا إلى الأمين العام أن يقدم إليها في دورتها الثالثة والتسعين تقريرا عن تنفيذ هذا القرار؛",
            "zh": "又请秘书长向大会第九十三届会议报告本决议的执行情况；",
        },
    ),
    (
        "continue consideration",
        GA,
        [("agenda", "GA91")],
        {
            "en": "Decides to continue its consideration of the question of lighthouses at its ninety-first session;",
            "fr": "Décide de poursuivre l’examen de la question des phares à sa quatre-vingt-onzième session ;",
            "es": "Decide seguir examinando la cuestión de los faros en su nonagésimo primer período de sesiones;",
            "ru": "постановляет продолжить рассмотрение вопроса о маяках на своей девяносто первой сессии;",
            "ar": "تقرر أن تواصل النظر في مسألة المنارات في دورتها الحادية والتسعين؛",
            "zh": "决定在其第九十一届会议上继续审议灯塔问题；",
        },
    ),
    (
        "panel mandate and intent to review",
        SC,
        [("mandate", "../2036-12-15"), ("review", "../2036-11-15")],
        {
            "en": "Decides to extend until 15 December 2036 the mandate of the Panel of Experts, expresses its "
            "intention to review the mandate and take appropriate action regarding its further extension no "
            "later than 15 November 2036;",
            "fr": "Décide de proroger jusqu’au 15 décembre 2036 le mandat du Groupe d’experts, et exprime son "
            "intention de réexaminer ce mandat et de se prononcer sur une nouvelle prorogation le 15 "
            "novembre 2036 au plus tard ;",
            "es": "Decide prorrogar hasta el 15 de diciembre de 2036 el mandato del Grupo de Expertos, y expresa "
            "su intención de examinar el mandato y adoptar las medidas apropiadas respecto de una nueva "
            "prórroga a más tardar el 15 de noviembre de 2036;",
            "ru": "постановляет продлить до 15 декабря 2036 года мандат Группы экспертов и выражает намерение "
            "рассмотреть этот мандат и принять надлежащее решение относительно его дальнейшего продления не "
            "позднее 15 ноября 2036 года;",
            "ar": "يقرر تمديد ولاية فريق الخبراء حتى 15 كانون الأول/ديسمبر 2036، ويعرب عن اعتزامه استعراض الولاية "
            "واتخاذ الإجراء المناسب بشأن تمديدها مرة أخرى في موعد أقصاه 15 تشرين الثاني/نوفمبر 2036؛",
            "zh": "决定将专家小组的任务期限延长至2036年12月15日，表示打算至迟于"
            "2036年11月15日审查这一任务，并就进一步延长任务期限采取适当行动；",
        },
    ),
    (
        "briefing every n days",
        SC,
        [("report", "R/P60D")],
        {
            "en": "Requests the Chair of the Committee to brief the Council every 60 days on the work of the "
            "Committee;",
            "fr": "Prie le Président du Comité de faire au Conseil tous les 60 jours un exposé sur les travaux du "
            "Comité ;",
            "es": "Solicita al Presidente del Comité que informe al Consejo cada 60 días sobre la labor del Comité;",
            "ru": "просит Председателя Комитета каждые 60 дней проводить для Совета брифинг о работе Комитета;",
            "ar": "يطلب إلى رئيس اللجنة أن يقدم إلى المجلس إحاطة كل 60 يوما عن أعمال اللجنة؛",
            "zh": "请委员会主席每60天向安理会通报委员会的工作；",
        },
    ),
    (
        "observance decade from day to day",
        GA,
        [("observance", "2037-01-01/2046-12-31")],
        {
            "en": "Proclaims the International Decade of Harbours, commencing on 1 January 2037 and ending on 31 "
            "December 2046;",
            "fr": "Proclame la Décennie internationale des ports, qui commencera le 1er janvier 2037 et "
            "s’achèvera le 31 décembre 2046 ;",
            "es": "Proclama el Decenio Internacional de los Puertos, que comenzará el 1 de enero de 2037 y "
            "terminará el 31 de diciembre de 2046;",
            "ru": "провозглашает Международное десятилетие гаваней, начинающееся 1 января 2037 года и "
            "завершающееся 31 декабря 2046 года;",
            "ar": "تعلن العقد الدولي للموانئ، الذي يبدأ في 1 كانون الثاني/يناير 2037 وينتهي في 31 كانون "
            "الأول/ديسمبر 2046؛",
            "zh": "宣布国际港口十年，从2037年1月1日开始，到2046年12月31日结束；",
        },
    ),
    (
        "budget of a span of days",
        GA,
        [("period", "2036-07-01/2037-06-30")],
        {
            "en": "Decides to appropriate to the Special Account the amount of 5 million dollars for the "
            "maintenance of the Force for the period from 1 July 2036 to 30 June 2037;",
            "fr": "Décide d’ouvrir au Compte spécial un crédit de 5 millions de dollars pour le fonctionnement de "
            "la Force pendant l’exercice allant du 1er juillet 2036 au 30 juin 2037 ;",
            "es": "Decide consignar en la Cuenta Especial la suma de 5 millones de dólares para el mantenimiento "
            "de la Fuerza en el período comprendido entre el 1 de julio de 2036 y el 30 de junio de 2037;",
            "ru": "постановляет ассигновать на Специальный счет сумму в 5 млн. долл. США на содержание Сил в "
            "период с 1 июля 2036 года по 30 июня 2037 года;",
            "ar": "تقرر أن تعتمد للحساب الخاص مبلغ 5 ملايين دولار للإنفاق على القوة للفترة من 1 تموز/يوليه 2036 "
            "إلى 30 حزيران/يونيه 2037؛",
            "zh": "决定批款500万美元给特别账户，充作2036年7月1日至2037年6月30日期间部队维持费；",
        },
    ),
    (
        "HRC report and dialogue",
        HRC,
        [("report", "HRC93"), ("meeting", "HRC93")],
        {
            "en": "Requests the United Nations High Commissioner for Human Rights to present a comprehensive "
            "report on lighthouse keepers to the Human Rights Council at its ninety-third session, to be "
            "followed by an interactive dialogue;",
            "fr": "Prie le Haut-Commissaire des Nations Unies aux droits de l’homme de présenter au Conseil des "
            "droits de l’homme, à sa quatre-vingt-treizième session, un rapport complet sur les gardiens de "
            "phare, qui sera suivi d’un dialogue interactif ;",
            "es": "Solicita al Alto Comisionado de las Naciones Unidas para los Derechos Humanos que presente al "
            "Consejo de Derechos Humanos, en su 93er período de sesiones, un informe exhaustivo sobre los "
            "guardianes de los faros, seguido de un diálogo interactivo;",
            "ru": "просит Верховного комиссара Организации Объединенных Наций по правам человека представить "
            "Совету по правам человека на его девяносто третьей сессии всеобъемлющий доклад о смотрителях "
            "маяков с последующим проведением интерактивного диалога;",
            "ar": "يطلب إلى مفوض الأمم المتحدة السامي لحقوق الإنسان أن يقدم إلى مجلس حقوق الإنسان في دورته "
            "الثالثة والتسعين تقريرا شاملا عن حراس المنارات، يليه حوار تفاعلي؛",
            "zh": "请联合国人权事务高级专员向人权理事会第九十三届会议提交关于灯塔看守人的全面报告，随后举行互动对话；",
        },
    ),
    (
        "HRC panel and its report",
        HRC,
        [("meeting", "HRC92"), ("report", "HRC94")],
        {
            "en": "Decides to convene at its ninety-second session a panel discussion on lighthouse keepers, and "
            "requests the High Commissioner to submit a summary report on the panel discussion to the "
            "Council at its ninety-fourth session;",
            "fr": "Décide d’organiser à sa quatre-vingt-douzième session une réunion-débat sur les gardiens de "
            "phare, et prie le Haut-Commissaire de lui soumettre à sa quatre-vingt-quatorzième session un "
            "rapport résumant cette réunion-débat ;",
            "es": "Decide organizar en su 92º período de sesiones una mesa redonda sobre los guardianes de los "
            "faros, y solicita al Alto Comisionado que le presente en su 94º período de sesiones un informe "
            "resumido de la mesa redonda;",
            "ru": "постановляет организовать на своей девяносто второй сессии обсуждение в рамках дискуссионной "
            "группы по вопросу о смотрителях маяков и просит Верховного комиссара представить Совету на его "
            "девяносто четвертой сессии краткий доклад об этом обсуждении;",
            "ar": "يقرر أن يعقد في دورته الثانية والتسعين حلقة نقاش بشأن حراس المنارات، ويطلب إلى المفوض السامي "
            "أن يقدم إلى المجلس في دورته الرابعة والتسعين تقريرا موجزا عن حلقة النقاش؛",
            "zh": "决定在第九十二届会议上举行一次关于灯塔看守人的小组讨论会，"
            "并请高级专员向理事会第九十四届会议提交一份小组讨论会摘要报告；",
        },
    ),
    (
        "annual reports to two bodies",
        HRC,
        [("report", "R/P1Y")],
        {
            "en": "Requests the Special Rapporteur to report annually to the Human Rights Council and to the "
            "General Assembly;",
            "fr": "Prie la Rapporteuse spéciale de faire rapport chaque année au Conseil des droits de l’homme et "
            "à l’Assemblée générale ;",
            "es": "Solicita a la Relatora Especial que presente un informe anualmente al Consejo de Derechos "
            "Humanos y a la Asamblea General;",
            "ru": "просит Специального докладчика ежегодно представлять доклады Совету по правам человека и "
            "Генеральной Ассамблее;",
            "ar": "يطلب إلى المقرر الخاص أن يقدم تقريرا كل سنة إلى مجلس حقوق الإنسان وإلى الجمعية العامة؛",
            "zh": "请特别报告员每年向人权理事会和大会提出报告；",
        },
    ),
    (
        "the next session of the Assembly",
        GA,
        [("report", "GA91")],
        {
            "en": "Requests the Secretary-General to submit a report on lighthouses to the General Assembly at "
            "its next session;",
            "fr": "Prie le Secrétaire général de lui présenter un rapport sur les phares à sa prochaine session ;",
            "es": "Solicita al Secretario General que le presente un informe sobre los faros en su próximo "
            "período de sesiones;",
            "ru": "просит Генерального секретаря представить Генеральной Ассамблее на ее следующей сессии доклад "
            "о маяках;",
            "ar": "تطلب إلى الأمين العام أن يقدم إلى الجمعية العامة في دورتها المقبلة تقريرا عن المنارات؛",
            "zh": "请秘书长向大会下届会议提交关于灯塔的报告；",
        },
    ),
    (
        "biennially",
        GA,
        [("report", "R/P2Y")],
        {
            "en": "Requests the Secretary-General to report to the General Assembly on a biennial basis on the "
            "state of lighthouses;",
            "fr": "Prie le Secrétaire général de lui faire rapport tous les deux ans sur l’état des phares ;",
            "es": "Solicita al Secretario General que la informe cada dos años sobre el estado de los faros;",
            "ru": "просит Генерального секретаря раз в два года представлять Генеральной Ассамблее доклад о "
            "состоянии маяков;",
            "ar": "تطلب إلى الأمين العام أن يقدم إلى الجمعية العامة كل سنتين تقريرا عن حالة المنارات؛",
            "zh": "请秘书长每两年向大会报告灯塔的状况；",
        },
    ),
    (
        "no later than 60 days before expiry",
        SC,
        [("report", "expiry-P60D")],
        {
            "en": "Requests the Secretary-General to report to the Council no later than 60 days before the "
            "expiry of the mandate;",
            "fr": "Prie le Secrétaire général de lui faire rapport au plus tard 60 jours avant l’expiration du "
            "mandat ;",
            "es": "Solicita al Secretario General que le presente un informe a más tardar 60 días antes de la "
            "expiración del mandato;",
            "ru": "просит Генерального секретаря представить Совету доклад не позднее чем за 60 дней до истечения "
            "срока действия мандата;",
            "ar": "يطلب إلى الأمين العام أن يقدم تقريرا إلى المجلس في موعد لا يتجاوز 60 يوما قبل انتهاء الولاية؛",
            "zh": "请秘书长至迟在任务期限届满前60天向安理会提出报告；",
        },
    ),
    (
        "end of the present year",
        GA,
        [("report", "../2035-12-31")],
        {
            "en": "Requests the Secretary-General to submit his proposals by the end of the current year;",
            "fr": "Prie le Secrétaire général de présenter ses propositions avant la fin de l’année en cours ;",
            "es": "Solicita al Secretario General que presente sus propuestas antes de que finalice el año en curso;",
            "ru": "просит Генерального секретаря представить свои предложения до конца текущего года;",
            "ar": "تطلب إلى الأمين العام أن يقدم مقترحاته قبل نهاية السنة الحالية؛",
            "zh": "请秘书长在本年底之前提交建议；",
        },
    ),
    (
        "first half of the present year",
        ECOSOC,
        [],
        {
            "en": "Takes note of the meeting held during the first half of the present year;",
            "fr": "Prend note de la réunion tenue au premier semestre de l’année en cours ;",
            "es": "Toma nota de la reunión celebrada en el primer semestre del año en curso;",
            "ru": "принимает к сведению совещание, состоявшееся в первой половине текущего года;",
            "ar": "يحيط علما بالاجتماع المعقود في النصف الأول من السنة الحالية؛",
            "zh": "表示注意到今年上半年举行的会议；",
        },
    ),
    (
        "within hours",
        SC,
        [("report", "adoption+PT48H")],
        {
            "en": "Requests the Secretary-General to report to the Council within 48 hours of the adoption of "
            "this resolution;",
            "fr": "Prie le Secrétaire général de lui faire rapport dans les 48 heures suivant l’adoption de la "
            "présente résolution ;",
            "es": "Solicita al Secretario General que le presente un informe en un plazo de 48 horas a partir de "
            "la aprobación de la presente resolución;",
            "ru": "просит Генерального секретаря представить Совету доклад в течение 48 часов после принятия "
            "настоящей резолюции;",
            "ar": "يطلب إلى الأمين العام أن يقدم إلى المجلس تقريرا في غضون 48 ساعة من اتخاذ هذا القرار؛",
            "zh": "请秘书长在本决议通过后48小时内向安理会提出报告；",
        },
    ),
    (
        "resolution of a year with a slash",
        ECOSOC,
        [],
        {
            "en": "Reaffirms its resolutions 2034/27 and 2035/24 on lighthouses;",
            "fr": "Réaffirme ses résolutions 2034/27 et 2035/24 sur les phares ;",
            "es": "Reafirma sus resoluciones 2034/27 y 2035/24 relativas a los faros;",
            "ru": "подтверждает свои резолюции 2034/27 и 2035/24 о маяках;",
            "ar": "يؤكد من جديد قراريه 2034/27 و 2035/24 بشأن المنارات؛",
            "zh": "重申其关于灯塔的第2034/27号和第2035/24号决议；",
        },
    ),
    (
        "a resolution of the next year is no time",
        ECOSOC,
        [],
        {
            "en": "Requests the Commission to act in accordance with Council resolution 2037/38;",
            "fr": "Prie la Commission d’agir conformément à la résolution 2037/38 du Conseil ;",
            "es": "Solicita a la Comisión que actúe de conformidad con la resolución 2037/38 del Consejo;",
            "ru": "просит Комиссию действовать в соответствии с резолюцией 2037/38 Совета;",
            "ar": "يطلب إلى اللجنة أن تعمل وفقا لقرار المجلس 2037/38؛",
            "zh": "请委员会依照理事会第2037/38号决议行事；",
        },
    ),
    (
        "terms of members",
        ECOSOC,
        [("period", "2037-01-01/2039-12-31")],
        {
            "en": "Elects five members to the Committee for a three-year term beginning on 1 January 2037 and "
            "ending on 31 December 2039;",
            "fr": "Élit cinq membres du Comité pour un mandat de trois ans commençant le 1er janvier 2037 et "
            "expirant le 31 décembre 2039 ;",
            "es": "Elige a cinco miembros del Comité por un mandato de tres años que comenzará el 1 de enero de "
            "2037 y terminará el 31 de diciembre de 2039;",
            "ru": "избирает пять членов Комитета на трехлетний срок полномочий, начинающийся 1 января 2037 года и "
            "истекающий 31 декабря 2039 года;",
            "ar": "ينتخب خمسة أعضاء في اللجنة لفترة ثلاث سنوات تبدأ في 1 كانون الثاني/يناير 2037 وتنتهي في 31 "
            "كانون الأول/ديسمبر 2039؛",
            "zh": "选举委员会五名成员，任期三年，从2037年1月1日开始，至2039年12月31日届满；",
        },
    ),
    (
        "authorizes States for a period",
        SC,
        [("mandate", "adoption+P12M")],
        {
            "en": "Decides to renew for a further period of twelve months from the date of this resolution the "
            "authorizations granted to States;",
            "fr": "Décide de reconduire pour une nouvelle période de douze mois à compter de la date de la "
            "présente résolution les autorisations accordées aux États ;",
            "es": "Decide renovar por un nuevo período de 12 meses a partir de la fecha de la presente resolución "
            "las autorizaciones concedidas a los Estados;",
            "ru": "постановляет продлить на очередной период в двенадцать месяцев с даты принятия настоящей "
            "резолюции действие разрешений, предоставленных государствам;",
            "ar": "يقرر أن يجدد لفترة إضافية مدتها اثنا عشر شهرا من تاريخ اتخاذ هذا القرار الأذون الممنوحة للدول؛",
            "zh": "决定将给予各国的授权自本决议通过之日起再延长12个月；",
        },
    ),
    (
        "biennial panel starting at a session",
        HRC,
        [("meeting", "HRC95;R/P2Y")],
        {
            "en": "Decides to convene a biennial panel discussion on lighthouse keepers, starting at its "
            "ninety-fifth session;",
            "fr": "Décide d’organiser tous les deux ans, à compter de sa quatre-vingt-quinzième session, une "
            "réunion-débat sur les gardiens de phare ;",
            "es": "Decide organizar cada dos años, a partir de su 95º período de sesiones, una mesa redonda sobre "
            "los guardianes de los faros;",
            "ru": "постановляет раз в два года, начиная со своей девяносто пятой сессии, проводить дискуссионный "
            "форум по вопросу о смотрителях маяков;",
            "ar": "يقرر أن يعقد كل سنتين، اعتبارا من دورته الخامسة والتسعين، حلقة نقاش بشأن حراس المنارات؛",
            "zh": "决定从第九十五届会议起，每两年举行一次关于灯塔看守人的小组讨论会；",
        },
    ),
]
ROWS = [
    pytest.param(language, symbol, sentence, items, id=f"{language} {form}")
    for form, symbol, items, sentences in FORMS
    for language, sentence in sentences.items()
]


@pytest.mark.parametrize(("language", "symbol", "sentence", "items"), ROWS)
def test_a_form_in_a_language(language: Language, symbol: str, sentence: str, items: Items) -> None:
    assert dated(sentence, symbol=symbol, language=language) == items


def test_every_form_is_said_in_every_language() -> None:
    assert {form: sorted(sentences) for form, _, _, sentences in FORMS} == {
        form: ["ar", "en", "es", "fr", "ru", "zh"] for form, _, _, _ in FORMS
    }
