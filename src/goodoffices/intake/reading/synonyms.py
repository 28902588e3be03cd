# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headers as lists write them in English, Ukrainian, Russian and Spanish, for each target column.

Exchange-format names (PFIF 1.4) are among them. A header is compared folded: small letters, no marks, signs
and underscores as blanks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SIGNS = re.compile(r"[\W_]+")

# Order matters where a part of a header fits two targets: the more special target stands first.
SYNONYMS: dict[str, str] = {
    "record_id": (
        "record id|id|person record id|person id|case id|row id|no|nr|number|record number"
        "|dataid|uid|uuid|code"
        "|№|№ п/п|№ з/п|№ зп|№ пп|п/п|з/п|номер|номер запису|номер записи|ід|ид|код|порядковий номер"
        "|порядковый номер|número|numero|nro|n°|nº|código|pdm id|ruvte id|identificador"
    ),
    "source": "source list|list name|джерело списку|источник списка|fuente de la lista|source",
    "name": (
        "name|full name|fullname|person|name of person|name of the detainee|detainee|victim|surname and name"
        "|піб|п.і.б|п і б|прізвище ім'я по батькові|прізвище, ім'я, по батькові|прізвище та ім'я|повне ім'я"
        "|прізвище ім'я|особа|фио|ф.и.о|ф и о|фамилия имя отчество|фамилия, имя, отчество|фамилия и имя"
        "|фамилия имя|полное имя|лицо|nombre completo|nombre y apellido|nombres y apellidos|apellido y nombre"
        "|apellidos y nombres|nombre|apellido paterno nombres|apellidos nombres"
    ),
    "family_name": (
        "family name|surname|last name|lastname|familyname|sn|прізвище|призвище|фамилия|apellido"
        "|apellidos|primer apellido|apellido paterno"
    ),
    "given_name": (
        "given name|first name|firstname|forename|givenname|given names|ім'я|імя|имя|nombres"
        "|nombre de pila|primer nombre"
    ),
    "patronymic": "patronymic|middle name|father's name|по батькові|по-батькові|отчество|patronímico|patronimico",
    "family_name_2": (
        "second surname|second family name|mother's surname|maiden name|former name|family name 2"
        "|дівоче прізвище"
        "|попереднє прізвище|девичья фамилия|прежняя фамилия|apellido materno|segundo apellido"
        "|apellido casada"
    ),
    "nickname": (
        "nickname|alias|aliases|call sign|callsign|also known as|aka|alternate names|позивний"
        "|прізвисько|псевдо"
        "|позывной|прозвище|кличка|apodo|apodos|alias conocido|sobrenombre"
    ),
    "birth_year": (
        "year of birth|birth year|yob|born year|рік народження|рік нар|р.н|год рождения|г.р|год рожд|гр"
        "|año de nacimiento|anio nacimiento|año nacimiento|ano de nacimiento"
    ),
    "birth_place": (
        "place of birth|birth place|birthplace|places of birth|місце народження|місце нар|место рождения"
        "|lugar de nacimiento|provincia nacimiento|provincia de nacimiento|lugar nacimiento"
    ),
    "dob": (
        "dob|date of birth|birth date|birthdate|born|birthday|dates of birth|date birth|birth|дата народження"
        "|дн|д.н|дата нар|народився|народилася|народження|дата рождения|др|д.р|дата рожд|родился|рождение"
        "|рождения|fecha de nacimiento|fecha nacimiento|nacimiento|f nac|fec nac"
    ),
    "age": "age|age at capture|вік|повних років|возраст|лет|полных лет|edad|edad al momento del hecho|años",
    "sex": "sex|gender|стать|пол|sexo|género|genero",
    "citizenship": (
        "citizenship|nationality|citizenships|громадянство|підданство|гражданство|подданство|nacionalidad|ciudadanía"
    ),
    "occupation": (
        "occupation|profession|job|employment|work|професія|рід занять|посада|місце роботи"
        "|профессия|род занятий"
        "|должность|место работы|ocupación|ocupacion|profesión|profesion|oficio"
    ),
    "unit": (
        "unit|military unit|brigade|regiment|підрозділ|військова частина|в/ч|вч|бригада|частина|подразделение"
        "|воинская часть|часть|unidad|unidad militar|regimiento"
    ),
    "category": (
        "category|person category|type of detainee|type of person|категорія|категорія особи"
        "|вид особи|категория"
        "|категория лица|categoría|categoria|tipo de persona"
    ),
    "capture_date": (
        "capture date|date of capture|date captured|date of detention|detention date|arrest date"
        "|date of arrest"
        "|date taken|captured on|captured|arrested|detained on|date of disappearance|abducted on|дата полону"
        "|дата полонення|дата взяття в полон|дата потрапляння в полон|дата затримання|дата арешту"
        "|дата зникнення"
        "|дата викрадення|дата пленения|дата плена|дата взятия в плен|дата попадания в плен|дата задержания"
        "|дата ареста|дата исчезновения|дата похищения|fecha de detención|fecha de captura|fecha de secuestro"
        "|fecha de arresto|fecha detencion secuestro|fecha de desaparición|fecha desaparicion"
        "|полон дата|плен дата"
    ),
    "capture_place": (
        "capture place|place of capture|place captured|where captured|place of detention or arrest"
        "|place of arrest"
        "|place of disappearance|detained at|місце полону|місце полонення|місце взяття в полон"
        "|місце затримання"
        "|місце арешту|місце зникнення|место пленения|место плена|место взятия в плен"
        "|место задержания|место ареста"
        "|место исчезновения|lugar de detención|lugar de captura|lugar de secuestro|lugar de arresto"
        "|lugar detencion secuestro|lugar de desaparición|полон місце|плен место"
    ),
    "release_date": (
        "release date|date of release|released on|released|date released|date of exchange|exchange date"
        "|дата звільнення|дата обміну|дата повернення|звільнено|дата освобождения|дата обмена"
        "|дата возвращения"
        "|освобожден|освобождён|fecha de liberación|fecha de liberacion|fecha de canje"
    ),
    "death_date": (
        "date of death|death date|died|died on|deceased on|дата смерті|дата загибелі|помер"
        "|загинув|дата смерти"
        "|дата гибели|умер|погиб|fecha de muerte|fecha de fallecimiento|fecha de defunción|fecha de asesinado"
        "|fecha asesinato o hallazgo|fecha de asesinato"
    ),
    "death_place": (
        "place of death|death place|місце смерті|місце загибелі|место смерти|место гибели|lugar de muerte"
        "|lugar de fallecimiento|lugar de asesinato|lugar asesinato o hallazgo"
    ),
    "place_held": (
        "place held|place of detention|detention place|detention facility|facility|prison|held at"
        "|place of custody"
        "|place of imprisonment|current place|camp|colony|місце утримання|місце тримання"
        "|місце позбавлення волі"
        "|установа|колонія|сізо|в'язниця|де утримується|место содержания|место удержания"
        "|место лишения свободы"
        "|учреждение|колония|сизо|тюрьма|где содержится|lugar de reclusión|lugar de reclusion|cárcel|prisión"
        "|centro de detención|ccd|penal"
    ),
    "last_seen": (
        "last seen|last contact|date last seen|last known location|last seen on|last heard|востаннє бачили"
        "|останній зв'язок|дата останнього зв'язку|востаннє|последний раз видели|последняя связь"
        "|дата последней связи|visto por última vez|última vez visto|ultimo contacto"
    ),
    "event_date": (
        "event date|date of event|incident date|date of incident|date|дата події|дата випадку"
        "|дата|дата события"
        "|дата случая|fecha del hecho|fecha de los hechos|fecha|fecha del evento"
    ),
    "residence": (
        "residence|place of residence|home|hometown|town|city|home city|lives in|place of origin|from|region"
        "|місце проживання|проживання|місто|населений пункт|область|звідки|місце реєстрації|регіон"
        "|место жительства|место проживания|проживание|город|населенный пункт|населённый пункт|откуда"
        "|место регистрации|регион|residencia|lugar de residencia|domicilio ciudad|localidad"
        "|ciudad|procedencia"
    ),
    "status": (
        "status|current status|fate|situation|state|статус|стан|доля|поточний статус|состояние|судьба"
        "|текущий статус|estado|situación|situacion|suerte"
    ),
    "sentence": "sentence|term|prison term|вирок|строк|термін|приговор|срок|sentencia|condena|pena",
    "charge": (
        "charge|charges|article|accusation|criminal article|стаття|обвинувачення|звинувачення"
        "|статья|обвинение"
        "|cargo|cargos|acusación|acusacion|artículo|delito"
    ),
    "holding_authority": (
        "holding authority|detaining authority|detaining power|held by|captor|authority|ким утримується"
        "|сторона утримання|орган|кто удерживает|кем удерживается|удерживающая сторона|autoridad"
        "|detenido por|fuerza"
    ),
    "contact": (
        "phone|telephone|mobile|phone number|tel|email|e-mail|mail|contact|contacts|contact person|relative"
        "|relatives|family contact|next of kin|address|home address|street|author phone|author email"
        "|email of found person|phone of found person|телефон|тел|номер телефону|моб|контакт|контакти"
        "|контактна особа|родич|родичі|родичи|адреса|ел пошта|пошта|електронна пошта|номер телефона|контакты"
        "|контактное лицо|родственник|родственники|адрес|эл почта|почта|электронная почта|teléfono"
        "|telefono|celular"
        "|correo|correo electrónico|contacto|familiar|familiares|dirección|direccion|domicilio"
        "|home neighborhood"
    ),
    "health": (
        "health|medical|wounds|injuries|diagnosis|disease|condition of health|health condition|pregnant"
        "|здоров'я|стан здоров'я|поранення|діагноз|хвороба|медичний стан|здоровье|состояние здоровья|ранение"
        "|ранения|диагноз|болезнь|salud|estado de salud|heridas|diagnóstico|enfermedad|embarazo"
    ),
    "witness": (
        "witness|witnesses|who told|informant|reported by|author name|source person|свідок"
        "|свідки|хто повідомив"
        "|повідомив|заявник|заявитель|свидетель|свидетели|кто сообщил|сообщил|очевидец|testigo|testigos"
        "|quien informó|informante|denunciante"
    ),
    "source_note": (
        "source note|remark|remarks|note|notes|comment|comments|additional information|description"
        "|text|source name"
        "|source url|source date|reference|link|примітка|примітки|коментар|додаткова інформація|джерело"
        "|посилання|примечание"
        "|примечания|комментарий|дополнительная информация|источник|ссылка|nota|notas"
        "|observaciones|observación"
        "|comentario|fuente|descripcion|descripción"
    ),
}
# What may stand in either line of a header on two lines.
_PARTS = (
    "date|place|year|month|day|day month year|capture|birth|death|release|personal data|detention|дата"
    "|місце|рік|дані"
    "|полон|народження|смерть|звільнення|особа|место|год|данные|плен|рождение|освобождение|fecha"
    "|lugar|año|datos"
    "|datos personales|nacimiento|detención|detencion|muerte|персональні дані|персональные данные"
)


def fold(header: str) -> str:
    """Fold a header for comparing: case, accents, signs and underscores away."""
    text = unicodedata.normalize("NFKD", header.replace("’", "'").replace("ʼ", "'").lower())
    # Ukrainian й and ї are letters of their own: only Latin loses its marks.
    bare = "".join(
        sign
        for index, sign in enumerate(text)
        if not (unicodedata.combining(sign) and index and text[index - 1].isascii())
    )
    recomposed = unicodedata.normalize("NFC", bare).replace("'", "").replace("ё", "е")
    return _SIGNS.sub(" ", recomposed).strip() or header.strip()


@lru_cache(maxsize=1)
def exact_table() -> dict[str, str]:
    """Give folded header -> target; the first target named wins."""
    table: dict[str, str] = {}
    for target, forms in SYNONYMS.items():
        table.setdefault(fold(target), target)
        for form in forms.split("|"):
            table.setdefault(fold(form), target)
    return table


@lru_cache(maxsize=1)
def _part_table() -> frozenset[str]:
    return frozenset(fold(part) for part in _PARTS.split("|"))


def known_header(cell: str) -> bool:
    """Tell whether a cell is a header we know as a whole."""
    return len(cell) <= 80 and fold(cell) in exact_table()


def known_header_part(cell: str) -> bool:
    """Tell whether a cell is a header or one half of one."""
    return known_header(cell) or (len(cell) <= 80 and fold(cell) in _part_table())
