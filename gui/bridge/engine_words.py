"""The engine's sentences in the window's language, by their codes. Safe on any thread."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from engine.errors import Sentence

# What translators see. In English the engine's own sentence is shown, which says more.
SENTENCES: dict[str, object] = {  # str, as which Qt does not declare them
    "age.range": QT_TRANSLATE_NOOP(
        "Engine", "The age {age} is out of range: {low} to {high} are possible."
    ),
    "age.strength": QT_TRANSLATE_NOOP("Engine", "The strength is out of range: 0 to 100 %."),
    "device.advice": QT_TRANSLATE_NOOP("Engine", "Choose another device in the settings."),
    "device.built_without_cuda": QT_TRANSLATE_NOOP("Engine", "This build has no CUDA."),
    "device.cpu": QT_TRANSLATE_NOOP("Engine", "CPU, threads: {count}"),
    "device.cpu_onnx": QT_TRANSLATE_NOOP("Engine", "CPU, threads: {count}, ONNX Runtime"),
    "device.cpu_asked": QT_TRANSLATE_NOOP("Engine", "The CPU was asked for."),
    "device.failed": QT_TRANSLATE_NOOP("Engine", "ONNX Runtime failed ({reason})."),
    "device.memory": QT_TRANSLATE_NOOP(
        "Engine",
        "There was not enough memory to compute the face; close other programs and try again.",
    ),
    "device.no_cuda": QT_TRANSLATE_NOOP("Engine", "No CUDA device was found."),
    "device.no_mps": QT_TRANSLATE_NOOP("Engine", "No Apple GPU was found."),
    "device.onnx_alone": QT_TRANSLATE_NOOP("Engine", "ONNX Runtime computes on the CPU alone."),
    "device.right": QT_TRANSLATE_NOOP("Engine", "{name} is there and computes what the CPU does."),
    "device.self_test": QT_TRANSLATE_NOOP("Engine", "{name} failed its self-test ({reason})."),
    "device.unknown": QT_TRANSLATE_NOOP("Engine", "There is no device “{name}”."),
    "device.wrong": QT_TRANSLATE_NOOP("Engine", "{name} computes other numbers than the CPU."),
    "export.certificate": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” cannot sign ({reason}). Choose another certificate."
    ),
    "export.empty": QT_TRANSLATE_NOOP("Engine", "There is no age to write yet."),
    "export.encoder": QT_TRANSLATE_NOOP(
        "Engine",
        "No MP4 film can be made on this computer ({reason}). End the name in .webp or .gif.",
    ),
    "export.exists": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” exists already. Choose another name or allow overwriting."
    ),
    "export.folder_missing": QT_TRANSLATE_NOOP(
        "Engine", "The folder {folder} does not exist. Create it or choose another one."
    ),
    "export.format": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” cannot be written in the format of its ending. Try .png."
    ),
    "export.full": QT_TRANSLATE_NOOP(
        "Engine",
        "There is no room to write “{name}” in {folder}. Free some space or choose another folder.",
    ),
    "export.quality": QT_TRANSLATE_NOOP("Engine", "The quality must be between 1 and 100."),
    "export.read_only": QT_TRANSLATE_NOOP(
        "Engine",
        "“{name}” cannot be written in {folder} ({reason}). Choose a folder that you may write to.",
    ),
    "export.same_as_source": QT_TRANSLATE_NOOP(
        "Engine",
        "“{name}” is the photo itself. Originals are never overwritten: choose another name.",
    ),
    "export.signing": QT_TRANSLATE_NOOP("Engine", "The file could not be signed ({reason})."),
    "export.size": QT_TRANSLATE_NOOP("Engine", "The longest side must be 1 pixel or more."),
    "face.box_outside": QT_TRANSLATE_NOOP(
        "Engine", "The box lies outside the photo; draw it around a face."
    ),
    "face.detector_failed": QT_TRANSLATE_NOOP(
        "Engine", "The face detector failed on this photo; please report it."
    ),
    "face.none": QT_TRANSLATE_NOOP("Engine", "No face was found in “{name}”."),
    "face.none_in_box": QT_TRANSLATE_NOOP(
        "Engine",
        "No face was found inside the box; draw it around the whole head, or choose a larger "
        "or sharper photo of this person.",
    ),
    "face.profile": QT_TRANSLATE_NOOP(
        "Engine",
        "Face {number} is in full profile, turned by {degrees} degrees; faces turned by up to "
        "{most} can be aged.",
    ),
    "face.region": QT_TRANSLATE_NOOP("Engine", "There is no region “{name}”."),
    "face.skipped": QT_TRANSLATE_NOOP("Engine", "Every face asked for is skipped in “{name}”."),
    "face.too_small": QT_TRANSLATE_NOOP(
        "Engine", "Face {number} is {size} pixels across; at least {least} are needed."
    ),
    "face.unknown": QT_TRANSLATE_NOOP("Engine", "There is no face {number} in this photo."),
    "model.architecture": QT_TRANSLATE_NOOP(
        "Engine", "This version cannot run {name}; update Agelens."
    ),
    "model.asset_altered": QT_TRANSLATE_NOOP(
        "Engine",
        "The model file {name} is damaged or altered; reinstall Agelens, or run `make assets` in a "
        "checkout.",
    ),
    "model.asset_missing": QT_TRANSLATE_NOOP(
        "Engine",
        "The model file {name} is missing; reinstall Agelens, or run `make assets` in a checkout.",
    ),
    "model.copy": QT_TRANSLATE_NOOP(
        "Engine", "{name} cannot be copied to the folder of your own models."
    ),
    "model.format": QT_TRANSLATE_NOOP(
        "Engine", "{name} is neither a .safetensors nor an .onnx file."
    ),
    "model.kind": QT_TRANSLATE_NOOP("Engine", "{name} is not a model that ages faces."),
    "model.known": QT_TRANSLATE_NOOP("Engine", "A model named {name} is installed already."),
    "model.manifest": QT_TRANSLATE_NOOP(
        "Engine", "What the manifest says about the weights is not valid ({name})."
    ),
    "model.manifest_missing": QT_TRANSLATE_NOOP(
        "Engine",
        "Agelens needs the manifest.toml that belongs to {name}; put it into the same folder.",
    ),
    "model.needs_torch": QT_TRANSLATE_NOOP(
        "Engine",
        "{name} is in safetensors, which this build cannot compute; import it as ONNX "
        "(`export-weights --onnx` writes that) or run Agelens from its source.",
    ),
    "model.not_installed": QT_TRANSLATE_NOOP(
        "Engine", "A network is missing; reinstall Agelens or train a model."
    ),
    "model.pickle": QT_TRANSLATE_NOOP(
        "Engine",
        "{name} is a pickle, which may run code when opened; Agelens takes safetensors and ONNX "
        "only.",
    ),
    "model.shape": QT_TRANSLATE_NOOP("Engine", "The weights of {name} do not fit its network."),
    "model.template": QT_TRANSLATE_NOOP(
        "Engine",
        "The model asks for the alignment template {name}, which this version lacks; "
        "update Agelens.",
    ),
    "model.unknown": QT_TRANSLATE_NOOP("Engine", "There is no model {name}."),
    "model.weights_altered": QT_TRANSLATE_NOOP(
        "Engine", "The weights {name} are truncated or altered. Reinstall Agelens."
    ),
    "model.weights_missing": QT_TRANSLATE_NOOP(
        "Engine", "The weights {name} are missing; copy them back or reinstall Agelens."
    ),
    "model.weights_unreadable": QT_TRANSLATE_NOOP("Engine", "The weights {name} cannot be read."),
    "notice.animation": QT_TRANSLATE_NOOP(
        "Engine", "The file is an animation; only its first picture is used."
    ),
    "notice.bmp": QT_TRANSLATE_NOOP(
        "Engine", "BMP holds no colour profile, EXIF, XMP or AI marking; they were left out."
    ),
    "notice.cmyk": QT_TRANSLATE_NOOP(
        "Engine", "CMYK was converted to sRGB through its own profile."
    ),
    "notice.cmyk_unprofiled": QT_TRANSLATE_NOOP(
        "Engine", "CMYK was converted to sRGB without a profile, colours may differ."
    ),
    "notice.deep": QT_TRANSLATE_NOOP(
        "Engine",
        "The file has more than 8 bits a colour, in a form of which only 8 bits can be read.",
    ),
    "notice.depth_map": QT_TRANSLATE_NOOP("Engine", "The photo's depth map cannot be kept."),
    "notice.float": QT_TRANSLATE_NOOP(
        "Engine",
        "The file's floating-point colours were brought into 16 bits; what is darker than black "
        "or brighter than white was cut.",
    ),
    "notice.frames": QT_TRANSLATE_NOOP(
        "Engine", "The file holds several pictures; only the first is used."
    ),
    "notice.gain_map": QT_TRANSLATE_NOOP(
        "Engine", "The photo's HDR gain map cannot be kept; the result has standard brightness."
    ),
    "notice.grey_profile": QT_TRANSLATE_NOOP(
        "Engine", "The grey colour profile was replaced by sRGB."
    ),
    "notice.hdr": QT_TRANSLATE_NOOP(
        "Engine",
        "The photo is in HDR; the result keeps it, but brighter than white is seen as white.",
    ),
    "notice.lab": QT_TRANSLATE_NOOP("Engine", "Lab colours were converted to sRGB."),
    "notice.layers": QT_TRANSLATE_NOOP(
        "Engine", "The file's layers cannot be kept; the flattened picture is used."
    ),
    "notice.motion": QT_TRANSLATE_NOOP(
        "Engine", "The photo's moving part cannot be kept; only the still picture is used."
    ),
    "notice.no_credentials": QT_TRANSLATE_NOOP(
        "Engine", "The file is not signed: c2pa-python is not installed here."
    ),
    "notice.on_white": QT_TRANSLATE_NOOP(
        "Engine", "This format has no transparency; the photo was laid on white."
    ),
    "notice.profile": QT_TRANSLATE_NOOP(
        "Engine", "The colour profile does not fit the pixels and was left out."
    ),
    "notice.profile_damaged": QT_TRANSLATE_NOOP(
        "Engine", "The colour profile is damaged and was left out; colours count as sRGB."
    ),
    "notice.raw": QT_TRANSLATE_NOOP(
        "Engine",
        "The camera raw file was developed with the camera's white balance into 16-bit sRGB; "
        "the result becomes a file of its own, such as TIFF or JPEG.",
    ),
    "notice.recompressed": QT_TRANSLATE_NOOP(
        "Engine",
        "The whole photo was compressed again: {decibels} dB like it beside the faces.",
    ),
    "notice.rounded": QT_TRANSLATE_NOOP(
        "Engine", "The 16-bit colours were rounded to 8 bits for this format."
    ),
    "notice.split_xmp": QT_TRANSLATE_NOOP(
        "Engine", "The photo's XMP metadata is split; only its main part can be kept."
    ),
    "notice.too_long": QT_TRANSLATE_NOOP(
        "Engine", "The {what} block is too long for a JPEG and was left out."
    ),
    "notice.unsigned": QT_TRANSLATE_NOOP(
        "Engine", "The file was written without content credentials ({reason})."
    ),
    "notice.xmp": QT_TRANSLATE_NOOP(
        "Engine", "The photo's XMP packet is damaged and was replaced."
    ),
    "photo.changed": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” has changed since it was aged; look at it and try again."
    ),
    "photo.empty": QT_TRANSLATE_NOOP("Engine", "“{name}” is empty. Choose an intact copy."),
    "photo.folder": QT_TRANSLATE_NOOP("Engine", "“{name}” is a folder. Choose a photo in it."),
    "photo.missing": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” does not exist. Check the name and the folder."
    ),
    "photo.not_an_image": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” is not a photo that can be opened. Choose one of these: {formats}."
    ),
    "photo.package": QT_TRANSLATE_NOOP(
        "Engine",
        "“{name}” can be opened once the Python package {package} is installed. Install it, or "
        "save the photo as PNG.",
    ),
    "photo.pixels": QT_TRANSLATE_NOOP(
        "Engine",
        "“{name}” has pixels of a kind that photos do not use ({kind}). Save it as RGB with 8 "
        "or 16 bits a channel.",
    ),
    "photo.raw": QT_TRANSLATE_NOOP(
        "Engine",
        "“{name}” is a camera raw file of a kind that cannot be developed here. Save it as TIFF "
        "or DNG first.",
    ),
    "photo.too_large": QT_TRANSLATE_NOOP(
        "Engine",
        "“{name}” is too large to open; the limit is {limit} megapixels. Make it smaller first.",
    ),
    "photo.truncated": QT_TRANSLATE_NOOP(
        "Engine",
        "“{name}” is damaged or cut short and cannot be opened. Copy it again from its source.",
    ),
    "photo.unreadable": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” cannot be read. Check that it is a whole photo that you may open."
    ),
    "recipe.faces": QT_TRANSLATE_NOOP("Engine", "Face {number} of the recipe was not found again."),
    "recipe.model": QT_TRANSLATE_NOOP(
        "Engine", "The weights of {name} are not those that the recipe was made with."
    ),
    "recipe.photo": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” is not the photo that the recipe was made for: its bytes are others."
    ),
    "recipe.unreadable": QT_TRANSLATE_NOOP(
        "Engine", "“{name}” is no recipe of Agelens that can be read."
    ),
    "result.doubtful": QT_TRANSLATE_NOOP(
        "Engine", "Face {number} at {age}: perhaps not the same person."
    ),
    "work.ageing": QT_TRANSLATE_NOOP("Engine", "Ageing"),
    "work.composing": QT_TRANSLATE_NOOP("Engine", "Putting faces back"),
    "work.done": QT_TRANSLATE_NOOP("Engine", "Done"),
    "work.looking": QT_TRANSLATE_NOOP("Engine", "Looking for faces"),
    "work.picture": QT_TRANSLATE_NOOP("Engine", "Picture {done} of {total}"),
}


def spoken(sentence: str) -> str:
    """A sentence of the engine in the window's language; as it is where that is not known."""
    if not isinstance(sentence, Sentence):
        return sentence
    if sentence.parts:
        return " ".join(spoken(part) for part in sentence.parts)
    known = str(SENTENCES.get(sentence.code, ""))
    words = QCoreApplication.translate("Engine", known)
    if words == known:
        return str(sentence)
    try:
        return words.format(**sentence.values)
    except (KeyError, IndexError, ValueError):
        return str(sentence)
