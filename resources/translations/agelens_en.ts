<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Batch</name>
    <message numerus="yes">
        <source>{done} of %n file(s) written</source>
        <translation>
            <numerusform>{done} of %n file written</numerusform>
            <numerusform>{done} of %n files written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message numerus="yes">
        <source>{photos} × {ages} = %n file(s), the first “{name}”.</source>
        <translation>
            <numerusform>{photos} × {ages} = %n file, “{name}”.</numerusform>
            <numerusform>{photos} × {ages} = %n files, the first “{name}”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n file(s) beside their photos, the first “{name}”</source>
        <translation>
            <numerusform>%n file beside its photo, the first “{name}”</numerusform>
            <numerusform>%n files beside their photos, the first “{name}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), the first “{name}”, in {folder}</source>
        <translation>
            <numerusform>%n file, the first “{name}”, in {folder}</numerusform>
            <numerusform>%n files, the first “{name}”, in {folder}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportResults</name>
    <message numerus="yes">
        <source>{done} of %n photo(s) exported</source>
        <translation>
            <numerusform>{done} of %n photo exported</numerusform>
            <numerusform>{done} of %n photos exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepSession</name>
    <message numerus="yes">
        <source>%n photo(s) of the last session cannot be read.</source>
        <translation>
            <numerusform>%n photo of the last session cannot be read.</numerusform>
            <numerusform>%n photos of the last session cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are no longer where they were.</source>
        <translation>
            <numerusform>%n photo is no longer where it was.</numerusform>
            <numerusform>%n photos are no longer where they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“{name}” has changed; %n of its aged face(s) not found again.</source>
        <translation>
            <numerusform>“{name}” has changed; %n of its aged faces is not found again.</numerusform>
            <numerusform>“{name}” has changed; %n of its aged faces are not found again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenPhotos</name>
    <message numerus="yes">
        <source>%n file(s) are not photos; Agelens opens {formats}.</source>
        <translation>
            <numerusform>%n file is not a photo; Agelens opens {formats}.</numerusform>
            <numerusform>%n files are not photos; Agelens opens {formats}.</numerusform>
        </translation>
    </message>
</context>
</TS>
