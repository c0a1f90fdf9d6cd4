# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The tables of bookings made ready: brought up to date, and filled once with what the served region lends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from threading import Lock
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from filelock import FileLock

from drehkreuz.errors import InputError
from drehkreuz.planning.sharing.hours import Hours
from drehkreuz.planning.sharing.offer import completed
from drehkreuz.region import TABLES, Region
from drehkreuz.sources.gbfs_write import Standing
from drehkreuz_web.house.logs import fault, log
from drehkreuz_web.house.region import market
from drehkreuz_web.sharing.models import Dock, Plan, PlanStep, Station, System, Vehicle, VehicleType

MODELLED: Final = "modelled"
ROUNDTRIP: Final = "roundtrip_station"

_lock = Lock()
_ready: set[str] = set()
_opened: list[Region] = []


def lent() -> Region:
    """Return the region whose vehicles are lent: the one that the site serves, or that was opened for lending alone."""
    return _opened[0] if _opened else market().region


def open_for_lending(region: Region) -> None:
    """Let this process lend what a region has without serving it."""
    _opened[:] = [region]


def make_ready() -> None:
    """
    Bring the tables up to date and fill them, once for each database that this process meets.

    Raises:
        OperationalError: If the database does not answer.
        OSError: If the state folder cannot be written.
    """
    with _lock:
        which = repr(sorted((name, str(value)) for name, value in connection.settings_dict.items()))
        if which in _ready:
            return
        settings.STATE.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.STATE / ".database.lock"):
            call_command("migrate", interactive=False, verbosity=0)
            fill(lent())
        _ready.add(which)


def at_start() -> None:
    """Make the tables ready if the database answers; if not, the first who asks for a vehicle tries again."""
    try:
        make_ready()
    except Exception as error:  # noqa: BLE001  # the site answers everything else without its database
        log.warning("bookings", extra={"fields": fault(error)})


def region_name() -> str:
    """Return the name of the region whose vehicles are lent."""
    return lent().manifest.name


def fill(region: Region) -> None:
    """Insert the lenders of a region that the database does not know yet, with all they have; known ones stay as they are."""
    known = set(System.objects.filter(region=region.manifest.name).values_list("key", flat=True))
    own = region.manifest.provenance.get("sharing_stations")
    tables = completed(region)
    for row in tables.table("sharing_systems").iter_rows(named=True):
        if row["system_id"] in known:
            continue
        bookable = own is not None and own.kind == MODELLED and _understood(row)
        try:
            with transaction.atomic():
                _fill(tables, row, bookable=bookable)
        except IntegrityError:
            log.info("lender filled by another process", extra={"fields": {}})


def _understood(system: Mapping[str, Any]) -> bool:
    """Whether it can be said when a lender lends."""
    try:
        Hours.read(system["opening_hours"])
        ZoneInfo(system["timezone"])
    except (InputError, ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _fill(region: Region, row: Mapping[str, Any], *, bookable: bool) -> None:
    own = pl.col("system") == row["system_id"]
    system = System.objects.create(
        region=region.manifest.name,
        key=row["system_id"],
        bookable=bookable,
        **{
            name: row[name] or ""
            for name in ("name", "operator", "language", "timezone", "opening_hours", "url", "contact")
        },
    )
    plans: dict[str, Plan] = {}
    for step in region.table("sharing_prices").filter(own).iter_rows(named=True):
        if step["plan_id"] not in plans:
            about = {"name": step["name"], "description": step["description"] or "", "currency": step["currency"]}
            plans[step["plan_id"]] = Plan.objects.create(
                system=system, key=step["plan_id"], taxed_later=step["taxed_later"], **about
            )
        PlanStep.objects.create(
            plan=plans[step["plan_id"]],
            number=step["step"],
            price=Decimal(str(step["price"])),
            **{name: step[name] for name in ("per", "start", "end", "interval")},
        )
    types = {
        lent["vehicle_type_id"]: VehicleType.objects.create(
            system=system,
            key=lent["vehicle_type_id"],
            name=lent["name"] or lent["vehicle_type_id"],
            form_factor=lent["form_factor"],
            propulsion=lent["propulsion"],
            range_m=lent["range_m"],
            roundtrip=lent["return_constraint"] == ROUNDTRIP,
            plan=plans.get(lent["plan_id"] or ""),
        )
        for lent in region.table("sharing_vehicle_types").filter(own).iter_rows(named=True)
    }
    stations = {
        at["station_id"]: Station(
            system=system, key=at["station_id"], **{name: at[name] for name in ("name", "kind", "lat", "lon")}
        )
        for at in region.table("sharing_stations").filter(own).iter_rows(named=True)
    }
    Station.objects.bulk_create(stations.values())
    if bookable:
        held = region.table("sharing_station_vehicles").filter(pl.col("station_id").is_in(list(stations)))
        _put(held.iter_rows(named=True), stations, types)


def _put(held: Iterable[Mapping[str, Any]], stations: Mapping[str, Station], types: Mapping[str, VehicleType]) -> None:
    """Insert places, and vehicles into the first of them."""
    vehicles = []
    docks = []
    for row in held:
        vehicle_type = types.get(row["vehicle_type_id"])
        if vehicle_type is None:
            continue
        count = row["vehicles"] or 0
        places = [
            Dock(station=stations[row["station_id"]], takes=vehicle_type)
            for _ in range(max(count, row["capacity"] or 0))
        ]
        docks += places
        vehicles += [Vehicle(type=vehicle_type, dock=dock) for dock in places[:count]]
    Dock.objects.bulk_create(docks)
    Vehicle.objects.bulk_create(vehicles)


def published(free: QuerySet[Vehicle]) -> tuple[Region, Sequence[Standing]]:
    """
    Return the tables of what this site lends, with counts of this moment, and where each vehicle stands.

    Args:
        free: Vehicles that can be taken.
    """
    ours = {"system__region": region_name(), "system__bookable": True}
    can_be_taken = set(free.values_list("pk", flat=True))
    here = Vehicle.objects.filter(dock__isnull=False, **{f"type__{name}": value for name, value in ours.items()})
    rows = here.order_by("public_id").values_list("pk", "public_id", "type__key", "dock__station__key", "type__range_m")
    standing = [
        Standing(public_id, kind, station, pk not in can_be_taken, range_m)
        for pk, public_id, kind, station, range_m in rows
    ]
    vehicles = Counter((each.station, each.vehicle_type) for each in standing if not each.reserved)
    docks = Dock.objects.filter(**{f"station__{name}": value for name, value in ours.items()})
    places = Counter(docks.values_list("station__key", "takes__key"))
    return lent().with_tables(
        {
            "sharing_systems": _frame("sharing_systems", _systems()),
            "sharing_vehicle_types": _frame("sharing_vehicle_types", _types(ours)),
            "sharing_prices": _frame("sharing_prices", _prices(ours)),
            "sharing_stations": _frame("sharing_stations", _stations(ours, places, vehicles)),
            "sharing_station_vehicles": _frame(
                "sharing_station_vehicles",
                [
                    {"station_id": at, "vehicle_type_id": kind, "capacity": count, "vehicles": vehicles[at, kind]}
                    for (at, kind), count in places.items()
                ],
            ),
        }
    ), standing


Rows = list[dict[str, Any]]


def _frame(table: str, rows: Rows) -> pl.DataFrame:
    """Return rows as a table of the region, by key."""
    schema = TABLES[table]
    if not rows:
        return schema.empty()
    return schema.conform(pl.DataFrame(rows, schema={name: schema.polars[name] for name in rows[0]})).sort(schema.key)


def _systems() -> Rows:
    columns = ("key", "name", "operator", "language", "timezone", "opening_hours", "url", "contact")
    known = System.objects.filter(region=region_name(), bookable=True).values(*columns)
    return [{"system_id": row.pop("key")} | {name: value or None for name, value in row.items()} for row in known]


def _types(ours: Mapping[str, Any]) -> Rows:
    known = VehicleType.objects.filter(**ours).select_related("system", "plan")
    return [
        {
            "vehicle_type_id": kind.key,
            "system": kind.system.key,
            "name": kind.name,
            "form_factor": kind.form_factor,
            "propulsion": kind.propulsion,
            "range_m": kind.range_m,
            "return_constraint": ROUNDTRIP if kind.roundtrip else "any_station",
            "plan_id": kind.plan.key if kind.plan else None,
        }
        for kind in known
    ]


def _prices(ours: Mapping[str, Any]) -> Rows:
    steps = PlanStep.objects.filter(**{f"plan__{name}": value for name, value in ours.items()})
    return [
        {
            "plan_id": step.plan.key,
            "per": step.per,
            "step": step.number,
            "start": step.start,
            "end": step.end,
            "interval": step.interval,
            "price": float(step.price),
            "currency": step.plan.currency,
            "taxed_later": step.plan.taxed_later,
            "system": step.plan.system.key,
            "name": step.plan.name,
            "description": step.plan.description or None,
        }
        for step in steps.select_related("plan__system")
    ]


def _stations(ours: Mapping[str, Any], places: Counter[tuple[str, str]], vehicles: Counter[tuple[str, str]]) -> Rows:
    capacity, free = Counter[str](), Counter[str]()
    for (station, _), count in places.items():
        capacity[station] += count
    for (station, _), count in vehicles.items():
        free[station] += count
    return [
        {
            "station_id": station.key,
            "name": station.name,
            "kind": station.kind,
            "lat": station.lat,
            "lon": station.lon,
            "capacity": capacity[station.key],
            "vehicles": free[station.key],
            "system": station.system.key,
        }
        for station in Station.objects.filter(**ours).select_related("system")
    ]
