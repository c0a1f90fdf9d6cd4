# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small files that each reader takes: where fuzzing begins."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import osmium

from boundary_files import blob, collection, feature, geopackage, square
from drehkreuz.region import Region
from drehkreuz.sources.course_write import write_courses
from drehkreuz.sources.jobposting_write import write_postings
from fuzz.mutations import Bundle
from sources.workbooks import Cell, sheet_xml, write_workbook

_E: Final = "http://data.europa.eu/esco"

GTFS: Final = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nMV,Modellverkehr,https://www.example.org/,Europe/Berlin\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding\nS,Station,50.8,6.48,1,,\n"
    "A,Markt,50.80,6.48,0,S,1\nB,Bahnhof,50.81,6.48,0,,2\nC,Werk,50.82,6.48,,,\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\nL20,MV,Modell-Linie 20,,3\nL1,MV,,Lang,714\n",
    "trips.txt": "route_id,service_id,trip_id,trip_headsign,direction_id,bikes_allowed\nL20,MF,T1,Werk,0,1\nL1,SA,T2,Markt,1,2\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\nT1,7:00:00,7:00:00,A,1,0,0\n"
    "T1,,,B,2,0,0\nT1,7:10:00,7:11:00,C,3,0,0\nT2,25:00:00,25:00:00,C,1,0,1\nT2,25:10:00,25:10:00,A,5,1,0\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "MF,1,1,1,1,1,0,0,20260105,20260118\n",
    "calendar_dates.txt": "service_id,date,exception_type\nMF,20260106,2\nSA,20260110,1\n",
    "frequencies.txt": "trip_id,start_time,end_time,headway_secs,exact_times\nT1,06:00:00,08:00:00,1200,0\n",
    "transfers.txt": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,B,2,120\nB,C,3,\n",
    "feed_info.txt": "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date\nMV,https://example.org,de,20260101,20261231\n",
}

ESCO: Final = {
    "occupations_en.csv": "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,regulatedProfessionNote,code\n"
    f'Occupation,{_E}/occupation/dig,8342,excavator operator,"digger driver\nexcavator driver",,released,,8342.1\n'
    f"Occupation,{_E}/occupation/nurse,2221,nurse,,,released,http://data.europa.eu/esco/regulated-professions/regulated,2221.1\n",
    "skills_en.csv": "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels\n"
    f"KnowledgeSkillCompetence,{_E}/skill/drive,skill/competence,sector-specific,drive excavators,\n"
    f"KnowledgeSkillCompetence,{_E}/skill/soil,knowledge,cross-sector,soil,earth | ground\n",
    "ISCOGroups_en.csv": f"conceptType,conceptUri,code,preferredLabel,altLabels\nISCOGroup,{_E}/isco/C8342,8342,Earthmoving,\n",
    "skillGroups_en.csv": f"conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,code\nSkillGroup,{_E}/skill/g,machinery,,,S8\n",
    "broaderRelationsOccPillar.csv": "conceptType,conceptUri,broaderType,broaderUri\n"
    f"Occupation,{_E}/occupation/dig,ISCOGroup,{_E}/isco/C8342\n",
    "broaderRelationsSkillPillar.csv": "conceptType,conceptUri,broaderType,broaderUri\n"
    f"KnowledgeSkillCompetence,{_E}/skill/drive,SkillGroup,{_E}/skill/g\nKnowledgeSkillCompetence,{_E}/skill/soil,"
    f"KnowledgeSkillCompetence,{_E}/skill/drive\n",
    "occupationSkillRelations.csv": "occupationUri,relationType,skillType,skillUri\n"
    f"{_E}/occupation/dig,essential,skill/competence,{_E}/skill/drive\n{_E}/occupation/dig,optional,knowledge,{_E}/skill/soil\n",
    "digitalSkillsCollection_en.csv": f"conceptType,conceptUri,preferredLabel,altLabels\nKnowledgeSkillCompetence,{_E}/skill/soil,soil,\n",
}

GBFS: Final = {
    "2": {
        "gbfs.json": {"version": "2.3", "data": {"de": {"feeds": [{"name": "station_information", "url": "https://x/s.json"}]}}},
        "system_information.json": {
            "last_updated": 1, "ttl": 0, "version": "2.3",
            "data": {"system_id": "m", "language": "de", "name": "Modell-Rad", "timezone": "Europe/Berlin", "phone_number": "0"},
        },
        "vehicle_types.json": {
            "data": {"vehicle_types": [{"vehicle_type_id": "p", "form_factor": "bicycle", "propulsion_type": "electric_assist", "max_range_meters": 6e4}]}
        },
        "station_information.json": {
            "data": {"stations": [{"station_id": "1", "name": "Markt", "lat": 50.8, "lon": 6.48, "capacity": 12, "vehicle_capacity": {"p": 8}}]}
        },
        "station_status.json": {
            "data": {"stations": [{"station_id": "1", "num_bikes_available": 3, "num_docks_available": 2, "is_installed": 1, "is_renting": True}]}
        },
        "system_pricing_plans.json": {
            "data": {"plans": [{"plan_id": "b", "name": "Basis", "currency": "EUR", "price": "1.50", "is_taxable": 0, "description": "",
                                "per_min_pricing": [{"start": 30, "rate": 0.1, "interval": 1, "end": 60}]}]}
        },
    },
    "3": {
        "system_information.json": {
            "version": "3.0", "data": {"system_id": "m", "languages": ["de"], "name": [{"text": "Modell-Rad", "language": "de"}], "timezone": "Europe/Berlin"}
        },
        "vehicle_types.json": {
            "data": {"vehicle_types": [{"vehicle_type_id": "p", "form_factor": "car", "propulsion_type": "electric", "name": [{"text": "P", "language": "de"}]}]}
        },
        "station_information.json": {
            "data": {"stations": [{"station_id": "1", "name": [{"text": "Markt", "language": "de"}], "lat": 50.8, "lon": 6.48,
                                   "vehicle_types_capacity": [{"vehicle_type_ids": ["p"], "count": 3}], "is_virtual_station": False}]}
        },
        "vehicle_status.json": {"data": {"vehicles": [{"vehicle_id": "v", "lat": 50.8, "lon": 6.4, "vehicle_type_id": "p", "is_reserved": False}]}},
        "geofencing_zones.json": {"data": {"geofencing_zones": {"type": "FeatureCollection", "features": []}}},
    },
}  # fmt: skip

OCPI: Final = {
    "locations.json": {
        "data": [
            {
                "country_code": "DE", "party_id": "MOD", "id": "L1", "publish": True, "name": "Modell", "address": "Musterweg 1",
                "city": "Düren", "postal_code": "52349", "country": "DEU", "coordinates": {"latitude": "50.8", "longitude": "6.48"},
                "operator": {"name": "Modellwerke"}, "time_zone": "Europe/Berlin", "last_updated": "2026-01-01T00:00:00Z",
                "evses": [
                    {
                        "uid": "E1", "evse_id": "DE*MOD*E1", "status": "AVAILABLE", "last_updated": "2026-01-01T00:00:00Z",
                        "connectors": [
                            {"id": "1", "standard": "IEC_62196_T2", "format": "SOCKET", "power_type": "AC_3_PHASE", "max_voltage": 230,
                             "max_amperage": 32, "tariff_ids": ["T1"], "last_updated": "2026-01-01T00:00:00Z"},
                            {"id": "2", "standard": "CHADEMO", "format": "CABLE", "power_type": "DC", "max_electric_power": 50000},
                        ],
                    }
                ],
                "opening_times": {"twentyfourseven": False, "regular_hours": [{"weekday": 1, "period_begin": "07:00", "period_end": "18:00"}]},
            }
        ]
    },
    "tariffs.json": [
        {"country_code": "DE", "party_id": "MOD", "id": "T1", "currency": "EUR", "last_updated": "2026-01-01T00:00:00Z",
         "elements": [{"price_components": [{"type": "ENERGY", "price": 0.5, "vat": 19.0, "step_size": 1}], "restrictions": {"min_kwh": 1}}]}
    ],
}  # fmt: skip

REGISTER: Final = (
    (
        "Ladesäulenregister;;\nStand: 19.07.2019\n"
        "Betreiber;Adresse;Postleitzahl Ort;Bundesland;Längengrad [DG];Breitengrad [DG];Inbetriebnahmedatum;Anschlussleistung [kW];"
        "Art der Ladeeinrichtung;Anzahl Ladepunkte;Steckertypen1;P1 [kW];Public Key1;Steckertypen2;P2 [kW]\n"
        "Modellwerke;Musterweg 1;52349 Düren;NRW;6,48;50,80;14.04.10;22,2;Normalladeeinrichtung;2;AC Steckdose Typ 2;22,2;;AC Schuko;3,7\n"
    ),
    (
        "Letzte Aktualisierung vom: 01.09.2026;;\nLadeeinrichtungs-ID;Betreiber;Status;Art der Ladeeinrichtung;Anzahl Ladepunkte;"
        "Nennleistung Ladeeinrichtung [kW];Inbetriebnahmedatum;Straße;Hausnummer;Postleitzahl;Ort;Breitengrad;Längengrad;Öffnungszeiten;"
        "Öffnungszeiten: Wochentage;Öffnungszeiten: Tageszeiten;Steckertypen1;Nennleistung Stecker1;EVSE-ID1\n"
        '1002;Modellwerke;In Wartung;Normalladeeinrichtung;1;22;2022-02-01;Musterweg;2;52062;Aachen;50,77;6,08;Eingeschränkt;"Montag; Samstag";'
        '"08:00 - 20:00; 09:00 - 14:00";"AC Typ 2\nFahrzeugkupplung; AC Schuko";"22; 3,7";DE*X\n'
    ),
)

CROSSWALK: Final = (
    (
        "x,Klassifikation der Berufe 2010\nClassification 1 URI,Classification 2 ID,Classification 2 PrefLabel,Mapping relation\n"
        f"{_E}/occupation/a,B 24422-100,Schweißer/in,skos:exactMatch\n{_E}/occupation/b,B 24422-101,Schweißer/in,skos:narrowMatch\n"
    ),
    (
        "x,ESCO-O*NET Crosswalk\nO*NET Id,O*NET Title,ESCO or ISCO URI,ESCO or ISCO Title,Type of Match\n"
        f"51-4121.00,Welders,{_E}/occupation/a,welder,narrowMatch\n"
    ),
)

COMMUTERS: Final[Sequence[Sequence[Cell]]] = [
    ["Auspendler"],
    ["Wohnort", None, "Arbeitsort", None, "Insgesamt", "davon"],
    ["Schlüssel", "Name", "Schlüssel", "Name", None, "Männer"],
    ["05358008", "Düren, Stadt 1)", "05334002", "Aachen, Stadt", 1234, 700],
    [None, None, "05358024", "Jülich, Stadt", "*", "*"],
    ["05358024", "Jülich, Stadt", "05358008", "Düren, Stadt", "-", "date:43665"],
]
EMPLOYED: Final = (
    "Beschäftigte am Wohnort;;;;\n\nSchlüssel;Gemeinde;Insgesamt;Männer;Frauen\n"
    "05358008;Düren²;36.120;19.004 3);*\n05358;Kreis Düren;110.000;60.000;50.000\n5358024;Jülich;14 001;-;7.000\n"
)
LAYOUT: Final = (
    'table = "zones"\nheadings = ["PLZ", "Ort"]\nlevels = 1\ncolumns = { zone_id = "PLZ", name = "Ort", lat = "Nord", lon = "Ost" }\n'
    'constants = { country = "DE" }\nkeys = { zone_id = 5 }\n'
)
RESUME: Final = {
    "basics": {"name": "Erika Beispiel"},
    "work": [{"position": "Elektrikerin", "startDate": "2014-01", "endDate": "2018-12-31"}, {"position": "Schweißerin", "startDate": "2019"}],
    "education": [{"studyType": "Staplerschein"}], "certificates": [{"name": "Erste Hilfe"}],
    "languages": [{"language": "Deutsch", "fluency": "Muttersprache"}, {"language": "English", "fluency": "B2"}],
    "skills": [{"name": "Schweißen", "keywords": ["MAG"]}],
}  # fmt: skip
EUROPASS: Final = {
    "SkillsPassport": {
        "LearnerInfo": {
            "WorkExperience": [{"Period": {"From": {"Year": 2014, "Month": "--01"}, "Current": True}, "Position": {"Label": "Elektrikerin"}}],
            "Skills": {"Linguistic": {"ForeignLanguage": [{"Description": {"Code": "en"}, "ProficiencyLevel": {"Listening": "B2"}}]}},
        }
    }
}  # fmt: skip
MARGIN: Final = "source;Amt\ndate;2025-12-31\nlicence;dl-de/by-2-0\nGemeinde;Alter;Anzahl;mindestens;höchstens\n99001;15-24;1.234;;\n99002;25+|17;*;1;2\n"
ROTA: Final = (
    '[[shift]]\nname = "früh"\nstart = "06:00"\nend = "14:00"\n\n[[shift]]\nname = "nacht"\nstart = "22:00"\nend = "06:00"\nday = "saturday"\n\n'
    '[[rota]]\nname = "wechsel"\nshifts = ["früh", "nacht"]\n'
)
STAFF: Final = (
    "Wohnort;Schicht;Verkehrsmittel;Anzahl;Tage\nZ01;früh;Auto;3;5\nZ02;wechsel;ÖPNV;1;4,5\nZ03;06:00-14:00;;1;\n"
)
PART: Final = "level,area,times,mode,people,days\nzone,Z01,06:00-14:00,car,12,5.0\nany,any,any,any,15,4.5\n"
PERSON: Final = (
    'label = "Baggerfahrer"\ntext = "Baggerfahrer, 18 Jahre"\nzone_id = "Z01"\nemployment_status = "employed"\nnet_need_eur_month = 1900\n'
    'max_minutes = 50\navailable_from = 2027-01-01\n[[language]]\nlanguage = "de"\ncefr = "C2"\n[[occupation]]\noccupation_id = "o-accountant"\nyears = 3\n'
)
FEEDS: Final = (
    '[provenance]\nkind = "modelled"\nsource = "Beispiel"\nlicence = "CC0-1.0"\n\n'
    '[[source]]\nkind = "jobposting"\nfeed = "a"\npath = "posts.jsonld"\n'
)
RECIPE: Final = (
    'name = "modell"\ntitle = "Modellregion"\nday = 2026-11-02\nlanguage = "de"\n\n[provenance]\nkind = "modelled"\nsource = "Beispiel"\n'
    'licence = "CC0-1.0"\ndate = 2026-11-02\n\n[map]\noccupations = "isco08"\n\n[[source]]\nkind = "table"\ntable = "zones"\npath = "zones.csv"\n'
    'columns = { zone_id = "plz" }\nignore = ["x"]\nseparator = ";"\n\n[[source]]\nkind = "charging_register"\npath = "zones.csv"\n'
    'postcodes = ["52"]\nurl = "https://example.org/a"\n\n[[source]]\nkind = "folder"\npath = "."\n\n[[source]]\nkind = "gtfs"\n'
    'path = "feed"\nfeed = "f"\n'
)
PEOPLE: Final = (
    "person_id;zone_id;employment_status;net_need_eur_month;max_minutes;available_from\np1;Z01;employed;1500,50;45;01.12.2026\n"
    "p2;Z02;unemployed;1200;60;01.12.2026\n"
)
SCENARIO: Final = (
    'title = "Versuch"\ntext = "Warum"\n\n[[measure]]\nkind = "job_ticket"\nid = "ticket"\nstart = 2027-01-01\nramp_months = 6\n'
    "uptake = [0.1, 0.2, 0.4]\ninvest_eur = [1, 2, 3]\n"
)
OPL: Final = (
    "n1 v1 x6.48 y50.80\nn2 v1 x6.481 y50.80\nn3 v1 x6.482 y50.801\nn4 v1 x6.49 y50.81 Tbarrier=gate\n"
    "w1 v1 Thighway=residential,maxspeed=30,oneway=yes Nn1,n2,n3\nw2 v1 Thighway=cycleway,foot=yes,surface=gravel Nn3,n4,n1\n"
    "w3 v1 Troute=ferry Nn1,n4\nw4 v1 Thighway=primary,maxspeed=50%20%mph,access=private,bicycle=no Nn2,n4\n"
)


def text(name: str, *contents: str) -> list[Bundle]:
    """Return each content as a source of one file."""
    return [{name: content.encode()} for content in contents]


def texts(files: Mapping[str, str]) -> list[Bundle]:
    """Return files as one source."""
    return [{name: content.encode() for name, content in files.items()}]


def documents(name: str, *contents: object) -> list[Bundle]:
    """Return each content as a source of one JSON file."""
    return [{name: json.dumps(content, ensure_ascii=False).encode()} for content in contents]


def document_folder(files: Mapping[str, object]) -> Bundle:
    """Return JSON files as one source."""
    return {name: json.dumps(content, ensure_ascii=False).encode() for name, content in files.items()}


def workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return an Excel file with the rows on each of its two sheets."""
    with tempfile.TemporaryDirectory() as folder:
        return write_workbook(Path(folder) / "a.xlsx", rows, sheet1=sheet_xml(rows)).read_bytes()


def pbf(opl: bytes) -> bytes:
    """Return OpenStreetMap's objects, one a line, as a PBF file."""
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder) / "a.opl", Path(folder) / "a.osm.pbf"
        here.write_bytes(opl)
        writer = osmium.SimpleWriter(str(there))
        try:
            for thing in osmium.FileProcessor(str(here)):
                writer.add(thing)
        finally:
            writer.close()
        return there.read_bytes()


def posts(village: Region) -> list[Bundle]:
    """Return a few posts as JSON-LD, and as a web page."""
    few = write_postings(village.with_tables({"vacancies": village.table("vacancies").head(3)}))
    page = b'<html><script type="application/ld+json">' + few + b"</script><!-- x --></html>"
    return [{"posts.jsonld": few}, {"posts.html": page}, {"posts.jsonld.gz": gzip.compress(few)}]


def courses(village: Region) -> list[Bundle]:
    """Return a few courses as JSON-LD."""
    return [{"courses.jsonld": write_courses(village.with_tables({"courses": village.table("courses").head(3)}))}]


TOWNS: Final = (
    ({"AGS": "05334002", "GEN": "Aachen"}, square(6, 50)),
    ({"AGS": 5334004, "GEN": "Alsdorf"}, square(7, 50).difference(square(7.2, 50.2, 0.2))),
)


def outlines(_: Region) -> Sequence[Bundle]:
    """Return outlines of municipalities as GeoJSON, one with a hole."""
    return documents("a.geojson", collection(*(feature(told, area) for told, area in TOWNS)))


def packages(_: Region) -> Sequence[Bundle]:
    """Return the same as a GeoPackage."""
    with tempfile.TemporaryDirectory() as folder:
        path = geopackage(Path(folder) / "a.gpkg", {"towns": [(told, blob(area)) for told, area in TOWNS]})
        return [{path.name: path.read_bytes()}]
