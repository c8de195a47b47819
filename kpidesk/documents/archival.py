"""What makes a file fit to be kept for decades (PDF/A-2b): metadata, colours, page labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFZCompress,
)

from kpidesk.documents.srgb import srgb_profile

_MADE = "2000-01-01T00:00:00Z"
"""The writer's fixed date: the same input gives the same bytes."""
_LISTED = ["OutputIntents"]


@dataclass(frozen=True, slots=True)
class About:
    """What other programs read of a file: each one line; `keywords` tell it from its like."""

    title: str
    author: str
    subject: str
    keywords: str


def make_archival(canvas: Any, about: About) -> None:  # noqa: ANN401 - the PDF library has no types
    """Give the file its metadata, before it is written."""
    document = canvas._doc  # noqa: SLF001 - the writer has no other way to its catalogue
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setKeywords(about.keywords)
    canvas.addPageLabel(0, style="ARABIC", start=1)
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, *_LISTED]
    catalogue.Metadata = _stream(
        metadata(about), {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    )
    profile = _stream(srgb_profile(), {"N": 3, "Alternate": PDFName("DeviceRGB")})
    profile.filters = [PDFZCompress]
    reference = document.Reference(profile, "srgb").format(document)
    catalogue.OutputIntents = PDFArray([intent(reference)])


def intent(profile: bytes) -> bytes:
    """What the colours of the file are meant for; `profile` is the reference to the profile."""
    name = b"(sRGB IEC61966-2.1)"
    return (
        b"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier %s /Info %s"
        b" /DestOutputProfile %s >>" % (name, name, profile)
    )


def _stream(content: bytes, entries: dict[str, Any]) -> PDFStream:
    return PDFStream(PDFDictionary(entries), content)


def metadata(about: About) -> bytes:
    """The metadata packet; readers that find old files index it."""
    title, author = escape(about.title), escape(about.author)
    subject, keywords = escape(about.subject), escape(about.keywords)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>KPI Desk</xmp:CreatorTool>
<xmp:CreateDate>{_MADE}</xmp:CreateDate>
<xmp:ModifyDate>{_MADE}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>KPI Desk</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()
