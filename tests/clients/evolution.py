"""Evolution's data server reads calendars by their addresses; run by Debian's python3 below ``dbus-run-session``.

XDG_CONFIG_HOME, XDG_CACHE_HOME and XDG_DATA_HOME have to be config, cache and data in a folder of its own, before the
bus is started. Arguments: that folder, then addresses. Each line of standard input is a window ``FIRST LAST``: every
calendar is fetched anew, and what stands between the days (the last inclusive) is written as lines of number of the
calendar, UID, first day, day after the last, summary; then an empty line. Fetching goes on until nothing new comes.
"""

import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

SOURCE = """[Data Source]
DisplayName=Plenary {number}
Enabled=true
Parent=webcal-stub

[Calendar]
BackendName=webcal
Color=#4682b4
Selected=true

[Refresh]
Enabled=false
IntervalMinutes=600

[Authentication]
Host={host}
Method=none
Port={port}
User=

[Security]
Method={method}

[WebDAV Backend]
ResourcePath={path}
ResourceQuery={query}
"""


def prepare(folder: Path, addresses: "list[str]") -> None:
    sources = folder / "config" / "evolution" / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    for number, address in enumerate(addresses):
        parts = urlsplit(address)
        (sources / f"plenary-{number}.source").write_text(
            SOURCE.format(
                number=number, host=parts.hostname, port=parts.port or 80, path=parts.path, query=parts.query,
                method="tls" if parts.scheme == "https" else "none",
            )
        )  # fmt: skip


def main(folder: Path, addresses: "list[str]") -> None:
    prepare(folder, addresses)

    import gi

    gi.require_version("EDataServer", "1.2")
    gi.require_version("ECal", "2.0")
    gi.require_version("ICalGLib", "3.0")
    from gi.repository import ECal, EDataServer, ICalGLib

    registry = EDataServer.SourceRegistry.new_sync(None)
    clients = []
    for number in range(len(addresses)):
        source = registry.ref_source(f"plenary-{number}")
        clients.append(ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 30, None))

    def day(time_: "ICalGLib.Time") -> str:
        return f"{time_.get_year():04}-{time_.get_month():02}-{time_.get_day():02}"

    def rows(client: "ECal.Client", first: str, last: str) -> "list[tuple[str, ...]]":
        begin = ICalGLib.Time.new_from_string(first.replace("-", "") + "T000000Z").as_timet()
        end = ICalGLib.Time.new_from_string(last.replace("-", "") + "T235959Z").as_timet()
        found = set()

        def keep(component: "ICalGLib.Component", start: "ICalGLib.Time", stop: "ICalGLib.Time", *_: object) -> bool:
            found.add((component.get_uid(), day(start), day(stop), component.get_summary()))
            return True

        client.generate_instances_sync(begin, end, None, keep)
        return sorted(row for row in found if row[1] <= last and row[2] > first)

    for line in sys.stdin:
        first, last = line.split()
        for number, client in enumerate(clients):
            before, same, deadline = None, 0, time.monotonic() + 30
            client.refresh_sync(None)
            # A refresh is only begun by the call: what it brings is waited for.
            while same < 4 and time.monotonic() < deadline:
                time.sleep(0.4)
                now = rows(client, first, last)
                same = same + 1 if now == before else 0
                before = now
            for row in before or []:
                print(number, *row, sep="\t")
        print(flush=True)


main(Path(sys.argv[1]), sys.argv[2:])
