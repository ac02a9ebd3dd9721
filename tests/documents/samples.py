"""Documents of our own making, in the manner of the Assembly and the Council."""

ENGLISH = """United Nations                                                     A/RES/91/17

General Assembly
                                                                   Distr.: General
                                                                   4 December 2036

Ninety-first session
Agenda item 12 (b)

           Resolution adopted by the General Assembly on
           1 December 2036

           [on the report of the Second Committee (A/91/411, para. 9)]

           91/17. International Year of Lighthouses

     The General Assembly,

     Recalling its resolution 89/200 of 20 December 2034 on light and
naviga-
tion along coasts,1 and the navigation of small vessels,

     Noting with appreciation the report of the Secretary-General on
lighthouses, 2 and the wish of coastal States to keep

_______________
1  See A/CONF.77/12, chap. I.
2  A/91/55.

36-20417                                                                      1/2

A/RES/91/17                                     International Year of Lighthouses

them lit until 2040,

     1.   Decides to proclaim 2038 the International Year of Lighthouses;

     2.   Requests the Secretary-General:

     (a)  To convene a meeting on lighthouses in Valletta from 4 to
6 May 2038;

     (b)  To inform States of it, in particular:

     (i)  Coastal States;

     (ii) Land-locked States that ask for it;

     3.   Also requests the Secretary-General to report to the General
Assembly at its ninety-third session on the implementation of the present
resolution.2

                                                          48th plenary meeting
                                                               1 December 2036

     Annex

     1.   Lighthouses are towers with a light.

36-20417                                                                      2/2
"""

FRENCH = """Assemblée générale

Distr. générale 4 décembre 2036

Quatre-vingt-onzième session

Point 12 b) de l'ordre du jour

Résolution adoptée par l'Assemblée générale le 1 er décembre 2036

[ sur la base du rapport de la Deuxième Commission (A/91/411, par. 9) ]

91/17.  Année internationale des phares

L'Assemblée générale ,

Rappelant sa  résolution  89/200  du  20 décembre 2034  sur  la  lumière 1 et  la navigation,

\\_\\_\\_\\_\\_\\_\\_\\_\\_

36-20418 (F)

Consciente de  l'importance  des  phares  pour  les  États  côtiers  et  pour  ceux  qui

\\_\\_\\_\\_\\_\\_\\_\\_\\_

naviguent la nuit,

1. Décide de proclamer 2038 Année internationale des phares ;

2. Prie le  Secrétaire  général  de  lui  rendre  compte  à  sa quatre-vingt-treizième session.

48 e séance plénière 1 er décembre 2036
"""

SPANISH = """Naciones Unidas A/RES/91/17

Asamblea General Distr. general
4 de diciembre de 2036

Nonagésimo primer período de sesiones
Tema 12 b) del programa

Resolución aprobada por la Asamblea General
el 1 de diciembre de 2036

[sobre la base del informe de la Segunda Comisión (A/91/411, párr. 9)]

91/17. Año Internacional de los Faros

La Asamblea General,

Recordando su resolución 89/200, de 20 de diciembre de 2034, relativa a la luz¹
y la navegación,

Consciente de la importancia de los faros,

1. Decide proclamar 2038 Año Internacional de los Faros;

2. Solicita al Secretario General que:

a) Convoque una reunión sobre los faros en La Valeta del 4 al
6 de mayo de 2038;

b) Informe de ello a los Estados;

3. Solicita también al Secretario General que la informe en su nonagésimo
tercer período de sesiones.

48a sesión plenaria
1 de diciembre de 2036

__________________
¹ Véase A/CONF.77/12, cap. I.
"""

RUSSIAN = """Организация Объединенных Наций A/RES/91/17

Генеральная Ассамблея Distr.: General
4 December 2036

Девяносто первая сессия
Пункт 12 b повестки дня

Резолюция, принятая Генеральной Ассамблеей
1 декабря 2036 года

[по докладу Второго комитета (A/91/411, пункт 9)]

91/17. Международный год маяков

Генеральная Ассамблея,

ссылаясь на свою резолюцию 89/200 от 20 декабря 2034 года о свете¹
и судоходстве,

сознавая значение маяков,

1. постановляет провозгласить 2038 год Международным годом маяков;

2. просит Генерального секретаря:

a) созвать совещание по маякам в Валлетте с 4 по
6 мая 2038 года;

b) сообщить об этом государствам;

3. просит также Генерального секретаря представить Генеральной Ассамблее
на ее девяносто третьей сессии доклад.

48-е пленарное заседание,
1 декабря 2036 года

__________________
¹ См. A/CONF.77/12, глава I.
"""

ARABIC = """الأمم المتحدة A/RES/91/17

الجمعية العامة Distr.: General
4 December 2036

الدورة الحادية والتسعون
البند 12 (ب) من جدول الأعمال

قرار اتخذته الجمعية العامة في 1 كانون الأول/ديسمبر 2036

[بناء على تقرير اللجنة الثانية (A/91/411، الفقرة 9)]

91/17 - السنة الدولية للمنارات

إن الجمعية العامة،

إذ تشير إلى قرارها 89/200 المؤرخ 20 كانون الأول/ديسمبر 2034 بشأن الضوء¹
والملاحة،

وإذ تدرك أهمية المنارات،

1 - تقرر إعلان عام 2038 السنة الدولية للمنارات؛

2 - تطلب إلى الأمين العام القيام بما يلي:

(أ) عقد اجتماع بشأن المنارات في فاليتا في الفترة من 4 إلى
6 أيار/مايو 2038؛

(ب) إبلاغ الدول بذلك؛

3 - تطلب أيضا إلى الأمين العام أن يقدم إلى الجمعية العامة
في دورتها الثالثة والتسعين تقريرا.

الجلسة العامة 48
1 كانون الأول/ديسمبر 2036

__________________
¹ انظر A/CONF.77/12، الفصل الأول.
"""

CHINESE = """联合国 A/RES/91/17

大会 Distr.: General
4 December 2036

第九十一届会议
议程项目 12(b)

2036 年 12 月 1 日大会决议

[根据第二委员会的报告(A/91/411，第 9 段)通过]

91/17. 国际灯塔年

大会，

回顾其 2034 年 12 月 20 日关于灯光¹
和航行的第 89/200 号决议，

意识到灯塔的重要性，

1. 决定宣布 2038 年为国际灯塔年；

2. 请秘书长：

(a) 于 2038 年 5 月 4 日至
6 日在瓦莱塔召开一次灯塔会议；

(b) 将此事通知各国；

3. 又请秘书长向大会第九十三届会议
提出报告。

2036 年 12 月 1 日
第 48 次全体会议

__________________
¹ 见 A/CONF.77/12，第一章。
"""

COUNCIL = """Resolution 2991 (2036)

Adopted by the Security Council at its 9990th meeting,
on 30 June 2036

The Security Council,

Recalling its resolution 2950 (2035),
Deeply concerned by the dark, \u20ac
which the harbour pilots fear,

Acting under Chapter VII of the Charter,

A

1. Decides to extend the mandate of the Light Mission until
30 June 2037;

2. Requests the Secretary-General to report every 90 days;

B

Noting the wish of the pilots,

1. Decides to review the matter by 31 March 2037;

2. Decides to remain seized of the matter.
"""

DECISION = """Meeting on lighthouses

At its 61st plenary meeting, on 26 April, the General Assembly, on the proposal of Malta, decided to postpone the
meeting on lighthouses until a date to be decided by the Assembly.
"""
