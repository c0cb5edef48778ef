"""What the people of the named world accept before they buy: the terms of the retailer's scheme, and of deduction from pay."""

from collections.abc import Mapping

SCHEME = "scheme:abc-staff"
PAYROLL = "payroll:abc"

TERMS: Mapping[str, Mapping[str, str]] = {
    SCHEME: {
        "en": (
            "You buy at staff price for yourself and those you live with. What you buy may not be sold on.\n\n"
            "The price holds while you work for ABC Retail. An order that was placed before you leave keeps its price.\n\n"
            "You may send back what you do not want within 30 days; what you paid and your allowance come back to you. "
            "Guarantee is the same as for every other customer.\n\n"
            "Your manager does not see what you buy. Where tax law counts the saving as pay, we tell you before you order."
        ),
        "nb": (
            "Du kjøper til ansattpris for deg selv og dem du bor sammen med. Det du kjøper, kan ikke selges videre.\n\n"
            "Prisen gjelder så lenge du arbeider i ABC Retail. En bestilling som ble lagt inn før du slutter, beholder prisen.\n\n"
            "Du kan sende tilbake det du ikke vil ha, innen 30 dager; da får du igjen både det du betalte og kvoten. "
            "Garantien er den samme som for alle andre kunder.\n\n"
            "Lederen din ser ikke hva du kjøper. Der skattereglene regner rabatten som lønn, sier vi fra før du bestiller."
        ),
        "it": (
            "Acquisti a prezzo per dipendenti per te e per chi vive con te. Ciò che acquisti non può essere rivenduto.\n\n"
            "Il prezzo vale finché lavori per ABC Retail. Un ordine fatto prima di lasciare l’azienda mantiene il suo prezzo.\n\n"
            "Puoi rendere entro 30 giorni ciò che non vuoi: ti tornano l’importo pagato e la quota. "
            "La garanzia è la stessa di ogni altro cliente.\n\n"
            "Il tuo responsabile non vede che cosa acquisti. Se per il fisco lo sconto è retribuzione, te lo diciamo prima dell’ordine."
        ),
        "id": (
            "Anda membeli dengan harga karyawan untuk diri sendiri dan orang yang tinggal bersama Anda. Barangnya tidak boleh dijual lagi.\n\n"
            "Harga ini berlaku selama Anda bekerja di ABC Retail. Pesanan yang dibuat sebelum Anda keluar tetap dengan harganya.\n\n"
            "Barang yang tidak Anda inginkan boleh dikembalikan dalam 30 hari; uang dan jatah Anda kembali. "
            "Garansinya sama seperti untuk pelanggan lain.\n\n"
            "Atasan Anda tidak melihat apa yang Anda beli. Bila menurut aturan pajak potongan harga dihitung sebagai upah, kami memberi tahu sebelum Anda memesan."
        ),
    },
    PAYROLL: {
        "en": (
            "ABC Retail deducts what you order from your next pay, in the month that the order names.\n\n"
            "You may withdraw this at any time; then you can no longer order on your pay. What is open stays due.\n\n"
            "If you leave, what is still open is deducted from your last pay, as far as the law allows; you pay the rest by invoice."
        ),
        "nb": (
            "ABC Retail trekker det du bestiller i neste lønn, i måneden som står på bestillingen.\n\n"
            "Du kan trekke samtykket tilbake når som helst; da kan du ikke lenger bestille med trekk i lønn. Det som er åpent, skal fortsatt betales.\n\n"
            "Slutter du, trekkes det som gjenstår i siste lønn så langt loven tillater; resten betaler du på faktura."
        ),
        "it": (
            "ABC Retail trattiene ciò che ordini dalla prossima busta paga, nel mese indicato sull’ordine.\n\n"
            "Puoi revocare il consenso in ogni momento; da allora non puoi più ordinare con trattenuta. Ciò che è aperto resta dovuto.\n\n"
            "Se lasci l’azienda, il residuo è trattenuto dall’ultima busta paga nei limiti di legge; il resto si paga con fattura."
        ),
        "id": (
            "ABC Retail memotong pesanan Anda dari gaji berikutnya, pada bulan yang tertera di pesanan.\n\n"
            "Anda boleh menarik persetujuan ini kapan saja; setelah itu Anda tidak bisa lagi memesan dengan potong gaji. Yang belum lunas tetap harus dibayar.\n\n"
            "Jika Anda keluar, sisanya dipotong dari gaji terakhir sejauh diizinkan hukum; selebihnya dibayar dengan faktur."
        ),
    },
}
"""Texts by what they are about and by language."""
