// What KCalendarCore (KOrganizer's engine) sees of a calendar between two days: UID, first day, day after, summary.
#include <KCalendarCore/ICalFormat>
#include <KCalendarCore/MemoryCalendar>
#include <KCalendarCore/OccurrenceIterator>
#include <QTextStream>
#include <QTimeZone>

int main(int count, char **words)
{
    if (count != 4) {
        return 2;
    }
    KCalendarCore::MemoryCalendar::Ptr calendar(new KCalendarCore::MemoryCalendar(QTimeZone::utc()));
    KCalendarCore::ICalFormat format;
    if (!format.load(calendar, QString::fromLocal8Bit(words[1]))) {
        QTextStream(stderr) << "KCalendarCore: the file is not read\n";
        return 1;
    }
    const QDate first = QDate::fromString(QString::fromLatin1(words[2]), Qt::ISODate);
    const QDate last = QDate::fromString(QString::fromLatin1(words[3]), Qt::ISODate);
    QStringList rows;
    KCalendarCore::OccurrenceIterator each(*calendar, first.startOfDay(Qt::UTC), last.endOfDay(Qt::UTC));
    while (each.hasNext()) {
        each.next();
        const auto event = each.incidence().dynamicCast<KCalendarCore::Event>();
        if (!event) {
            continue;
        }
        // Here an event of whole days ends on its last day.
        const QDate start = each.occurrenceStartDate().date();
        const QDate end = start.addDays(event->dtStart().date().daysTo(event->dtEnd().date()) + 1);
        rows << QStringList({event->uid(), start.toString(Qt::ISODate), end.toString(Qt::ISODate), event->summary()}).join(QLatin1Char('\t'));
    }
    rows.sort();
    QTextStream out(stdout);
    out.setCodec("UTF-8");
    out << rows.join(QLatin1Char('\n')) << '\n';
    return 0;
}
